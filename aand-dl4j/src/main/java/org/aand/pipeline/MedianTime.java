package org.aand.pipeline;

import java.util.Arrays;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;

/** How long detection takes in an image of noise: the median over some single images. */
final class MedianTime {
  private static final int WARM_UP = 3;
  private static final long SEED = 1;

  private MedianTime() {}

  /** Detects in one normalised image. */
  @FunctionalInterface
  interface Detection {
    /**
     * Detects.
     *
     * @param image {@code [height, width, 3]}
     */
    void in(float[] image);
  }

  /**
   * Milliseconds.
   *
   * @param repetitions how many images are timed, after some that are not
   * @throws IllegalArgumentException if there are no repetitions
   */
  static double millis(ImageSize size, int repetitions, Detection detection) {
    if (repetitions < 1) {
      throw new IllegalArgumentException("at least one image is timed");
    }
    float[] image = new float[size.pixels() * 3];
    var noise = new RandomStreams(SEED).stream("picture");
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) noise.nextGaussian();
    }
    long[] nanos = new long[repetitions];
    for (int i = -WARM_UP; i < repetitions; i++) {
      long start = System.nanoTime();
      detection.in(image);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(nanos);
    return nanos[repetitions / 2] / 1e6;
  }
}
