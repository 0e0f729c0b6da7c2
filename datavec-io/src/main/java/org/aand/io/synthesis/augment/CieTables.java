package org.aand.io.synthesis.augment;

/**
 * What the two CIE spaces share: the matrices between linear sRGB and XYZ (D65), the sRGB gamma,
 * and the table from lightness to Y.
 *
 * <p>Values are built in the precision the reference builds them in, because they end in tables of
 * integers.
 */
final class CieTables {
  /** Fixed-point 1 of Y, and of f(Y). */
  static final int BASE_BITS = 14;

  static final int BASE = 1 << BASE_BITS;

  /** Fraction bits of the matrices' integer forms. */
  static final int MATRIX_BITS = 12;

  static final double[] WHITE = {0.950456, 1, 1.088754};
  static final double[][] RGB_TO_XYZ = {
    {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
  };
  static final double[][] XYZ_TO_RGB = {
    {3.240479, -1.53715, -0.498535},
    {-0.969256, 1.875991, 0.041556},
    {0.055648, -0.204043, 1.057311}
  };

  /** Below this, f is linear: (6/29)^3. */
  private static final float LINEAR_BELOW = 216f / 24389f;

  private static final float LINEAR_SLOPE = 841f / 108f;
  private static final float LINEAR_OFFSET = 16f / 116f;
  private static final int LINEAR_LIGHTNESS = 20;

  private static final int INVERSE_GAMMA_BITS = 12;
  private static final byte[] INVERSE_GAMMA = new byte[1 << INVERSE_GAMMA_BITS];
  private static final int[] LIGHTNESS_TO_Y = new int[256];
  private static final int[] LIGHTNESS_TO_F = new int[256];

  static {
    for (int i = 0; i < INVERSE_GAMMA.length; i++) {
      float encoded = encodeGamma((float) i / INVERSE_GAMMA.length);
      INVERSE_GAMMA[i] = (byte) (int) Math.rint(255f * encoded);
    }
    for (int i = 0; i < 256; i++) {
      if (i <= LINEAR_LIGHTNESS) {
        LIGHTNESS_TO_Y[i] =
            (int) Math.rint((float) (i * BASE * 20 * 9) / (float) (17 * 29 * 29 * 29));
        LIGHTNESS_TO_F[i] =
            (int) Math.rint(BASE * (16f / 116f + (float) (i * 5) / (float) (3 * 17 * 29)));
      } else {
        float f = (float) (i * 100 * BASE) / (255 * 116) + (float) (16 * BASE) / 116;
        LIGHTNESS_TO_F[i] = (int) Math.rint(f);
        LIGHTNESS_TO_Y[i] = (int) Math.rint(f * f * f / ((float) BASE * BASE));
      }
    }
  }

  private CieTables() {}

  /** Y of an 8-bit lightness, 0..{@link #BASE}. */
  static int luminance(int lightness) {
    return LIGHTNESS_TO_Y[lightness];
  }

  /** f(Y) of an 8-bit lightness, in units of 1/{@link #BASE}. */
  static int compressed(int lightness) {
    return LIGHTNESS_TO_F[lightness];
  }

  /** CIE's f: the cube root, linear near zero. */
  static float f(float t) {
    return t < LINEAR_BELOW ? (float) ((double) t * LINEAR_SLOPE + LINEAR_OFFSET) : cubeRoot(t);
  }

  /**
   * The cube root of a positive number by the reference's rational approximation, cut (not rounded)
   * to single precision; a few rounded table entries depend on it.
   */
  private static float cubeRoot(float t) {
    int exponent = Math.getExponent(t);
    int remainder = Math.floorMod(exponent, 3) - 3;
    double x = Math.scalb((double) t, remainder - exponent);
    double numerator =
        (((45.2548339756803 * x + 192.2798368355061) * x + 119.16548242855816) * x
                    + 13.432501390862399)
                * x
            + 0.16361612265857542;
    double denominator =
        (((14.808840932191346 * x + 151.97140510444356) * x + 168.52544141015682) * x
                    + 33.99059413502156)
                * x
            + 1.0;
    double root = Math.scalb(numerator / denominator, (exponent - remainder) / 3);
    float nearest = (float) root;
    return nearest > root ? Math.nextDown(nearest) : nearest;
  }

  /** sRGB to linear light, 0..1. */
  static float decodeGamma(float value) {
    double v = value;
    return (float) (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
  }

  private static float encodeGamma(float value) {
    double v = value;
    return (float) (v <= 0.0031308 ? v * 12.92 : Math.pow(v, 1 / 2.4) * 1.055 - 0.055);
  }

  /** One colour channel from XYZ in units of 1/{@link #BASE}; result 0..255, gamma applied. */
  static int colour(int[] row, int x, int y, int z) {
    int shift = MATRIX_BITS + BASE_BITS - INVERSE_GAMMA_BITS;
    int linear = (row[0] * x + row[1] * y + row[2] * z + (1 << (shift - 1))) >> shift;
    return INVERSE_GAMMA[Math.max(0, Math.min(INVERSE_GAMMA.length - 1, linear))] & 0xFF;
  }

  /** A matrix in integers; column j is multiplied by {@code scale[j]}. */
  static int[][] integers(double[][] matrix, double[] columnScale, double[] rowScale) {
    int[][] integers = new int[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        integers[i][j] =
            (int) Math.rint((1 << MATRIX_BITS) * matrix[i][j] * columnScale[j] / rowScale[i]);
      }
    }
    return integers;
  }
}
