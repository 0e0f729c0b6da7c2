package org.aand.io.synthesis.augment;

/**
 * CIE L*a*b* (D65) in 8 bits: L * 255/100, a + 128, b + 128; in fixed point with tables, both ways.
 */
final class LabConversion implements ColorConversion {
  private static final double[] ONES = {1, 1, 1};
  private static final int[][] TO_XYZ =
      CieTables.integers(CieTables.RGB_TO_XYZ, ONES, CieTables.WHITE);
  private static final int[][] FROM_XYZ =
      CieTables.integers(CieTables.XYZ_TO_RGB, CieTables.WHITE, ONES);

  private static final int GAMMA_BITS = 3;
  private static final int ROOT_BITS = CieTables.MATRIX_BITS + GAMMA_BITS;
  private static final int LIGHTNESS_SCALE = (116 * 255 + 50) / 100;
  private static final int LIGHTNESS_SHIFT = -((16 * 255 * (1 << ROOT_BITS) + 50) / 100);
  private static final int CENTRE = 128 << ROOT_BITS;
  private static final int[] LINEAR = new int[256];
  private static final int[] ROOT = new int[256 * 3 / 2 * (1 << GAMMA_BITS)];

  /** f to t, for f in units of 1/BASE from {@link #LOWEST_F} on. */
  private static final int LOWEST_F = -8145;

  private static final int LINEAR_F = 3390;
  private static final int[] CUBE = new int[CieTables.BASE * 9 / 4];

  static {
    for (int i = 0; i < LINEAR.length; i++) {
      LINEAR[i] = (int) Math.rint((float) (255 << GAMMA_BITS) * CieTables.decodeGamma(i / 255f));
    }
    float unit = 1f / (255f * (1 << GAMMA_BITS));
    for (int i = 0; i < ROOT.length; i++) {
      ROOT[i] = (int) Math.rint((float) (1 << ROOT_BITS) * CieTables.f(unit * i));
    }
    int linearOffset = CieTables.BASE * 16 / 116 * 108 / 841;
    for (int i = 0; i < CUBE.length; i++) {
      int f = i + LOWEST_F;
      CUBE[i] =
          f <= LINEAR_F
              ? f * 108 / 841 - linearOffset
              : f * f / CieTables.BASE * f / CieTables.BASE;
    }
  }

  @Override
  public int fromRgb(int red, int green, int blue) {
    int r = LINEAR[red];
    int g = LINEAR[green];
    int b = LINEAR[blue];
    int fx = root(TO_XYZ[0], r, g, b);
    int fy = root(TO_XYZ[1], r, g, b);
    int fz = root(TO_XYZ[2], r, g, b);
    return ColorConversion.pack(
        descale(LIGHTNESS_SCALE * fy + LIGHTNESS_SHIFT, ROOT_BITS),
        descale(500 * (fx - fy) + CENTRE, ROOT_BITS),
        descale(200 * (fy - fz) + CENTRE, ROOT_BITS));
  }

  @Override
  public int toRgb(int lightness, int a, int b) {
    int y = CieTables.luminance(lightness);
    int f = CieTables.compressed(lightness);
    // a / 500 and b / 200 in units of 1/BASE, by the reference's multiplications.
    int aShare = ((5 * a * 53687 + (1 << 7)) >> 13) - 128 * CieTables.BASE / 500;
    int bShare = ((b * 41943 + (1 << 4)) >> 9) - 128 * CieTables.BASE / 200 + 1;
    int x = CUBE[f + aShare - LOWEST_F];
    int z = CUBE[f - bShare - LOWEST_F];
    return ColorConversion.pack(
        CieTables.colour(FROM_XYZ[0], x, y, z),
        CieTables.colour(FROM_XYZ[1], x, y, z),
        CieTables.colour(FROM_XYZ[2], x, y, z));
  }

  private static int root(int[] row, int r, int g, int b) {
    return ROOT[descale(r * row[0] + g * row[1] + b * row[2], CieTables.MATRIX_BITS)];
  }

  private static int descale(int value, int bits) {
    return (value + (1 << (bits - 1))) >> bits;
  }
}
