package org.aand.runtime.kernel;

/**
 * The points of the polynomial products behind F(2x2, 3x3), {0, 1, -1, infinity}, and F(4x4, 3x3),
 * {0, p, -p, q, -q, infinity}, and the transform of kernels that belongs to them.
 *
 * <p>p = 0.625, q = 1.5 halve the error of the usual 1 and 2, and all their products are exact in
 * float32. Root mean square of the error over that of the result, 256 channels, rectified normal
 * input: direct 6.1e-7, F(2x2) 4.4e-7, F(4x4) 1.26e-6 (with 1 and 2 2.80e-6, with the roots of 1/2
 * and 2 1.29e-6).
 */
final class WinogradPoints {
  static final float P = 0.625f;
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

  /** G of F(4x4, 3x3), {@code [6, 3]}: planes of a line of a kernel. */
  static float[][] kernelTransform() {
    double p2 = (double) P * P;
    double q2 = (double) Q * Q;
    double atP = 1 / (2 * p2 * (p2 - q2));
    double atQ = 1 / (2 * q2 * (q2 - p2));
    return new float[][] {
      {(float) (1 / (p2 * q2)), 0, 0},
      {(float) atP, (float) (atP * P), (float) (atP * p2)},
      {(float) atP, (float) (-atP * P), (float) (atP * p2)},
      {(float) atQ, (float) (atQ * Q), (float) (atQ * q2)},
      {(float) atQ, (float) (-atQ * Q), (float) (atQ * q2)},
      {0, 0, 1}
    };
  }
}
