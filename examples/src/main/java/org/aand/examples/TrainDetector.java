package org.aand.examples;

import java.nio.file.Path;
import org.aand.model.Tiling;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.Recipe;
import org.aand.pipeline.RunListener;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TrainRequest;
import org.aand.pipeline.TrainRun;
import org.aand.train.TrainingSettings;

/** Trains a detector on a folder of normal images with the bundled teacher. */
public final class TrainDetector {
  private TrainDetector() {}

  /** Arguments: folder of normal images, run folder to write. */
  public static void main(String[] arguments) {
    train(Path.of(arguments[0]), Path.of(arguments[1]), 256, new TrainingSettings(3, 10, 4, 0));
  }

  /** The run folder then holds model.aand, report.html, result.json and config.json. */
  static void train(Path normalImages, Path runFolder, int imageSize, TrainingSettings schedule) {
    var request =
        TrainRequest.builder(
                normalImages, Backbone.resnet10(), new TeacherChoice.Bundled(), runFolder)
            .tiling(Tiling.whole(imageSize))
            .recipe(Recipe.STANDARD)
            .variant(Recipe.STANDARD.variant())
            .training(schedule)
            .build();
    TrainRun.execute(request, new RunListener() {});
  }
}
