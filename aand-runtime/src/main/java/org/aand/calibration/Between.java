package org.aand.calibration;

/** A threshold between two scores. */
final class Between {
  private Between() {}

  /**
   * Half way, or as far as single precision allows: the lower score is not above it, the higher is.
   *
   * @param lower may be negative infinity
   * @param higher finite
   */
  static float of(float lower, float higher) {
    float middle = (float) ((lower + (double) higher) / 2);
    return Float.isFinite(middle) && middle < higher ? middle : Math.nextDown(higher);
  }
}
