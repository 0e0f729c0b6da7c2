package org.aand.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.common.image.ImageSize;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TinyRun;
import org.aand.train.TrainingSettings;

/** Experiments of a few seconds on drawn products; as a program, it says every run. */
public final class TinyExperiment {
  /** Two methods without a student, which take little time. */
  static final Experiment GATES =
      ExperimentFile.read(
          """
          {"experiment": "gates", "rows": [
            {"row": "50", "variant": {"residual": "none", "hardest": 0}},
            {"row": "10", "variant": {"residual": "none", "hardest": 0, "memoryItems": 10}}]}
          """,
          "gates.json");

  private TinyExperiment() {}

  /** Draws a category of small images. */
  static void draw(Path data, String category) {
    ProductDataset.write(data, new ProductSettings(category, 64, 4, 3, 1, 7));
  }

  /** Experiments on one data set, one epoch a stage. */
  static ExperimentRequest request(
      Experiment experiment, Path data, Path out, List<Long> seeds, Set<String> categories) {
    return ExperimentRequest.builder(experiment, TinyRun.BACKBONE, new TeacherChoice.Random(0), out)
        .data(Map.of("product", data))
        .seeds(seeds)
        .categories(categories)
        .imageSize(ImageSize.square(64))
        .training(new TrainingSettings(1, 1, 2, 0))
        .commandLine("tiny")
        .build();
  }

  /** Arguments: data, out. */
  public static void main(String[] arguments) {
    ExperimentRun.execute(
        request(GATES, Path.of(arguments[0]), Path.of(arguments[1]), List.of(0L, 1L), Set.of()),
        new ExperimentListener() {
          @Override
          public void begun(String run, Overall overall) {
            System.out.println(run);
          }
        });
  }
}
