package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.nd4j.linalg.api.buffer.DataType;

/** A method without epochs, fitted to a few images beside a teacher of random weights. */
final class FittedModel {
  static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64);
  static final int SIZE = TinyModel.SIZE;
  static final TrainingImages IMAGES = TinyModel.images(6);

  private FittedModel() {}

  /** Fits; the model is closed by the caller. */
  static Model of(Scoring scoring, TrainingSettings settings) {
    var teacher = AmplifiedTeacher.plain(BACKBONE);
    var parameters =
        Parameters.initialise(
            ModelDescription.table(teacher, scoring), DataType.FLOAT, new RandomStreams(3));
    var tiling = Tiling.whole(ImageSize.square(SIZE));
    var model = new Model(teacher, scoring, tiling, AnomalyMap.SIGMA, parameters);
    var textures = new ProceduralTextures(1, 2, SIZE, SIZE);
    var outcome = Training.run(model, IMAGES, textures, settings, new TrainingListener() {});
    assertEquals(1, outcome.epochs().size());
    assertEquals(TrainingListener.Stage.FITTING, outcome.epochs().get(0).stage());
    return model;
  }
}
