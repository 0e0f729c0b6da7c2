package org.aand.examples;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aand.api.AnomalyDetector;
import org.aand.api.Verdict;

/** Decides on pixels that a camera's driver hands over, with a threshold of one's own. */
public final class DetectInCameraFrames {
  private DetectInCameraFrames() {}

  /**
   * A frame.
   *
   * @param rgb {@code [height, width, 3]}, each 0..255
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Frame(byte[] rgb, int width, int height) {}

  /** Runs until there are no more frames. */
  static void run(
      Path model,
      double threshold,
      Supplier<java.util.Optional<Frame>> camera,
      Consumer<Verdict> line) {
    try (AnomalyDetector detector = AnomalyDetector.load(model).withThreshold(threshold)) {
      for (var frame = camera.get(); frame.isPresent(); frame = camera.get()) {
        var pixels = frame.get();
        line.accept(detector.detect(pixels.rgb(), pixels.width(), pixels.height()).verdict());
      }
    }
  }
}
