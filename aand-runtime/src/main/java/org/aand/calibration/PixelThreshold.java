package org.aand.calibration;

/**
 * Where a region of an anomaly map begins: set so that a stated share of the pixels of held-out
 * normal images lie above it.
 *
 * @param value pixels of a map that are higher are anomalous; never below the exact quantile and at
 *     most a 4096th above it, see {@link org.aand.metrics.UpperQuantile}
 * @param rate the share of all pixels of the held-out normals that may lie above, in (0, 1); the
 *     pixels of all images count together, so that one image may have most of them
 */
public record PixelThreshold(float value, double rate) {
  /**
   * The share unless the user says otherwise: of an image of 256x256, 65 pixels on average. Mean
   * and three deviations, a usual choice, would be 0.00135 of a normal distribution.
   */
  public static final double USUAL_RATE = 0.001;

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public PixelThreshold {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("a pixel threshold of " + value);
    }
    requireRate(rate);
  }

  /**
   * @throws IllegalArgumentException unless it is between 0 and 1
   */
  static void requireRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("the pixel rate " + rate + " is not between 0 and 1");
    }
  }
}
