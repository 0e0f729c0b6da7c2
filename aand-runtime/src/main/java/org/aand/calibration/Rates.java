package org.aand.calibration;

/**
 * What is accepted on normal images.
 *
 * @param falseAlarm share of normal images that may be called anomalous, in (0, 1)
 * @param pixel share of their pixels that may lie above the pixel threshold, in (0, 1)
 */
public record Rates(double falseAlarm, double pixel) {
  /**
   * @throws IllegalArgumentException unless both are between 0 and 1
   */
  public Rates {
    Calibration.requireRate(falseAlarm);
    PixelThreshold.requireRate(pixel);
  }

  /** The usual rate of pixels beside one of false alarms. */
  public static Rates of(double falseAlarm) {
    return new Rates(falseAlarm, PixelThreshold.USUAL_RATE);
  }
}
