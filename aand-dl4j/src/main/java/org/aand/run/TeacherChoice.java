package org.aand.run;

import java.nio.file.Path;
import org.aand.io.random.RandomStreams;
import org.aand.nn.Parameters;
import org.aand.report.Teacher;
import org.aand.teacher.Backbone;
import org.aand.teacher.weights.TeacherWeights;
import org.nd4j.linalg.api.buffer.DataType;

/** Where the teacher's weights come from. */
public sealed interface TeacherChoice {
  /** The weights and where they come from. */
  record Loaded(Parameters parameters, Teacher about) {}

  /**
   * Loads or draws the weights.
   *
   * @throws org.aand.io.InputException if a file cannot be used
   */
  Loaded load(Backbone backbone);

  /** Trained weights from a Keras HDF5 file. */
  record FromFile(Path file) implements TeacherChoice {
    @Override
    public Loaded load(Backbone backbone) {
      var weights = TeacherWeights.load(file, backbone);
      return new Loaded(
          weights.parameters(),
          new Teacher(
              Teacher.Source.FILE,
              backbone.name() + " from " + file.getFileName(),
              weights.sha256(),
              null));
    }
  }

  /** Random weights, the paper's Table I; never a silent choice. */
  record Random(long seed) implements TeacherChoice {
    @Override
    public Loaded load(Backbone backbone) {
      var parameters =
          Parameters.initialise(backbone.parameters(), DataType.FLOAT, new RandomStreams(seed));
      return new Loaded(
          parameters,
          new Teacher(
              Teacher.Source.RANDOM, "random " + backbone.name() + ", seed " + seed, null, null));
    }
  }
}
