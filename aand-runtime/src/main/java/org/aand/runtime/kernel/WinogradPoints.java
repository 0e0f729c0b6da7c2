package org.aand.runtime.kernel;

/**
 * The points of the polynomial products behind F(2x2, 3x3), {0, 1, -1, infinity}, and F(4x4, 3x3),
 * {0, p, -p, q, -q, infinity}, and the transform of kernels that belongs to them.
 */
final class WinogradPoints {
  static final float P = 0.75f;
  static final float Q = 1.5f;
  static final float P2 = P * P;
  static final float Q2 = Q * Q;
  static final float P3 = P2 * P;
  static final float Q3 = Q2 * Q;

  /** {@code -(p^2 + q^2)}. */
  static final float SUM = -(P2 + Q2);

  /** {@code p^2 q^2}. */
  static final float PRODUCT = P2 * Q2;

  private WinogradPoints() {}

  /** G, {@code [m + 2, 3]}: places of a line of a kernel. */
  static double[][] kernelTransform(int outputs) {
    if (outputs == 2) {
      return new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
    }
    double p2 = (double) P * P;
    double q2 = (double) Q * Q;
    double atP = 1 / (2 * p2 * (p2 - q2));
    double atQ = 1 / (2 * q2 * (q2 - p2));
    return new double[][] {
      {1 / (p2 * q2), 0, 0},
      {atP, atP * P, atP * p2},
      {atP, -atP * P, atP * p2},
      {atQ, atQ * Q, atQ * q2},
      {atQ, -atQ * Q, atQ * q2},
      {0, 0, 1}
    };
  }
}
