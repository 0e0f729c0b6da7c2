package org.aand.pipeline;

import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.Sha256;
import org.aand.common.random.RandomStreams;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.report.Teacher;
import org.aand.weights.TeacherFile;
import org.aand.weights.keras.TeacherWeights;
import org.nd4j.linalg.api.buffer.DataType;

/** Where the teacher's weights come from. */
public sealed interface TeacherChoice {
  /** The weights and where they come from. */
  record Loaded(Parameters parameters, Teacher about) {}

  /**
   * Loads or draws the weights.
   *
   * @throws org.aand.common.InputException if a file cannot be used
   */
  Loaded load(Backbone backbone);

  /**
   * What tells one choice from another: the hash of a file, or a word.
   *
   * @throws org.aand.common.InputException if a file cannot be read
   */
  String identity();

  /** Whether the weights are of a training. */
  default boolean trained() {
    return true;
  }

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

    @Override
    public String identity() {
      return Sha256.sha256(file);
    }
  }

  /** A small teacher that {@code pretrain} has written. */
  record Small(Path file) implements TeacherChoice {
    @Override
    public Loaded load(Backbone backbone) {
      return loaded(TeacherFile.read(file), backbone, String.valueOf(file.getFileName()));
    }

    @Override
    public String identity() {
      return Sha256.sha256(file);
    }
  }

  /** The small teacher that comes with the program. */
  record Bundled() implements TeacherChoice {
    @Override
    public Loaded load(Backbone backbone) {
      return loaded(TeacherFile.bundled(), backbone, "this program");
    }

    @Override
    public String identity() {
      return TeacherFile.bundledSha256();
    }
  }

  private static Loaded loaded(TeacherFile.Stored stored, Backbone backbone, String from) {
    if (!stored.backbone().equals(backbone)) {
      stored.parameters().close();
      throw new InputException(
          "the teacher of "
              + from
              + " is a "
              + stored.backbone().name()
              + ", not a "
              + backbone.name());
    }
    return new Loaded(
        stored.parameters(),
        new Teacher(
            Teacher.Source.DISTILLED,
            backbone.name()
                + " of "
                + from
                + ", distilled from "
                + stored.about().path("distilledFrom").asText("an unknown one"),
            stored.sha256(),
            null));
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

    @Override
    public String identity() {
      return "random";
    }

    @Override
    public boolean trained() {
      return false;
    }
  }
}
