package org.aand.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.aand.demo.product.ProductSettings;
import org.aand.io.dataset.LayoutChoice;
import org.aand.model.Tiling;
import org.aand.network.teacher.Backbone;
import org.aand.report.Protocol;
import org.aand.train.TrainingSettings;

/** A run of a few seconds on a small drawn product; as a program, it says every step. */
public final class TinyRun {
  /** The product: small images, few of them. */
  public static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(6, 2, 1);

  /** A network of one basic block a stage. */
  public static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64);

  private static final int SIZE = 32;

  private TinyRun() {}

  /** The run under a protocol; the released code's needs more epochs. */
  public static TrainRequest request(Path data, Protocol protocol, Path out) {
    var training =
        protocol == Protocol.BEST_ON_TEST
            ? new TrainingSettings(10, 10, 3, 7)
            : new TrainingSettings(4, 5, 3, 7);
    return TrainRequest.builder(data, BACKBONE, new TeacherChoice.Random(7), out)
        .category(LayoutChoice.MVTEC, PRODUCT.category())
        .protocol(protocol)
        .tiling(Tiling.whole(SIZE))
        .training(training)
        .commandLine("tiny")
        .build();
  }

  /** Arguments: data, protocol, out. */
  public static void main(String[] arguments) {
    TrainRun.execute(
        request(Path.of(arguments[0]), Protocol.named(arguments[1]), Path.of(arguments[2])),
        new RunListener() {
          @Override
          public void onImageRead() {
            System.out.println("read");
          }

          @Override
          public void onStep(Stage stage) {
            System.out.println(stage);
          }

          @Override
          public void onImagesTested(int images) {
            System.out.println("tested");
          }
        });
  }
}
