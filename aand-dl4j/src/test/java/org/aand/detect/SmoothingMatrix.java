package org.aand.detect;

/** Shows tests in other packages the smoothing of one dimension. */
public final class SmoothingMatrix {
  private SmoothingMatrix() {}

  /** {@code [size, size]} in row-major order. */
  public static double[] of(int size, double sigma) {
    return AnomalyMap.smoothing(size, sigma);
  }
}
