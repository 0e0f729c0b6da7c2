package org.aand.io.synthesis.augment;

/**
 * CIE L*u*v* (D65) in 8 bits: L * 255/100, (u + 134) * 255/354, (v + 140) * 255/262.
 *
 * <p>There by trilinear interpolation in a cube of 33^3 exact values (so white comes out slightly
 * dark, as in the reference), back in integers.
 */
final class LuvConversion implements ColorConversion {
  private static final int[][] FROM_XYZ =
      CieTables.integers(CieTables.XYZ_TO_RGB, new double[] {1, 1, 1}, new double[] {1, 1, 1});

  private static final float U_LOW = -134;
  private static final float U_RANGE = 354;
  private static final float V_LOW = -140;
  private static final float V_RANGE = 262;
  private static final float WHITE_U = whiteTerm(4 * 13, CieTables.WHITE[0]);
  private static final float WHITE_V = whiteTerm(9 * 13, CieTables.WHITE[1]);

  private static final int NODES = 33;
  private static final int NODE_BITS = 3;
  private static final int FRACTION_BITS = 4;
  private static final int FRACTIONS = 1 << FRACTION_BITS;
  private static final int VALUE_BITS = CieTables.BASE_BITS - 8;
  private static final int BLUE_STEP = 3;
  private static final int GREEN_STEP = NODES * BLUE_STEP;
  private static final int RED_STEP = NODES * GREEN_STEP;
  private static final short[] CUBE = cube();

  private static final int UP_SCALE = CieTables.BASE / 1024;
  private static final int VP_SCALE = CieTables.BASE * 1024;
  private static final int[] UP = new int[256 * 256];
  private static final int[] VP = new int[256 * 256];

  static {
    for (int lightness = 0; lightness < 256; lightness++) {
      float l = lightness * 100f / 255f;
      for (int i = 0; i < 256; i++) {
        float u = i * U_RANGE / 255f + U_LOW;
        UP[lightness << 8 | i] = (int) Math.rint(9f * (u + l * WHITE_U) * UP_SCALE);
        float v = i * V_RANGE / 255f + V_LOW;
        float vp = 0.25f / (v + l * WHITE_V);
        VP[lightness << 8 | i] = (int) Math.rint(Math.max(-0.25f, Math.min(0.25f, vp)) * VP_SCALE);
      }
    }
  }

  @Override
  public int fromRgb(int red, int green, int blue) {
    int origin =
        (red >> NODE_BITS) * RED_STEP
            + (green >> NODE_BITS) * GREEN_STEP
            + (blue >> NODE_BITS) * BLUE_STEP;
    int r = red << 1 & (FRACTIONS - 1);
    int g = green << 1 & (FRACTIONS - 1);
    int b = blue << 1 & (FRACTIONS - 1);
    int w00 = (FRACTIONS - r) * (FRACTIONS - g);
    int w01 = (FRACTIONS - r) * g;
    int w10 = r * (FRACTIONS - g);
    int w11 = r * g;
    return ColorConversion.pack(
        interpolate(origin, w00, w01, w10, w11, b),
        interpolate(origin + 1, w00, w01, w10, w11, b),
        interpolate(origin + 2, w00, w01, w10, w11, b));
  }

  private static int interpolate(int at, int w00, int w01, int w10, int w11, int blue) {
    int near =
        w00 * CUBE[at]
            + w01 * CUBE[at + GREEN_STEP]
            + w10 * CUBE[at + RED_STEP]
            + w11 * CUBE[at + RED_STEP + GREEN_STEP];
    int far =
        w00 * CUBE[at + BLUE_STEP]
            + w01 * CUBE[at + GREEN_STEP + BLUE_STEP]
            + w10 * CUBE[at + RED_STEP + BLUE_STEP]
            + w11 * CUBE[at + RED_STEP + GREEN_STEP + BLUE_STEP];
    int sum = (FRACTIONS - blue) * near + blue * far;
    return ((sum + (1 << (3 * FRACTION_BITS - 1))) >> (3 * FRACTION_BITS)) >> VALUE_BITS;
  }

  @Override
  public int toRgb(int lightness, int u, int v) {
    int y = CieTables.luminance(lightness);
    int vp = VP[lightness << 8 | v];
    long product = UP[lightness << 8 | u] * (long) vp;
    // Far outside the gamut x exceeds 32 bits; it is clipped below.
    long x = (y * (product >> CieTables.BASE_BITS)) >> CieTables.BASE_BITS;
    long scaled = 12L * 13 * 100 * UP_SCALE * ((long) vp * lightness) - product * (255 / 3);
    long shifted = (scaled >> CieTables.BASE_BITS) - 5L * 255 * CieTables.BASE;
    int wide = (int) ((y * shifted) >> CieTables.BASE_BITS);
    int z = (wide >> 8) + (wide >> 16);
    int inX = (int) Math.max(0, Math.min(2 * CieTables.BASE, x));
    int inZ = Math.max(0, Math.min(2 * CieTables.BASE, z));
    return ColorConversion.pack(
        CieTables.colour(FROM_XYZ[0], inX, y, inZ),
        CieTables.colour(FROM_XYZ[1], inX, y, inZ),
        CieTables.colour(FROM_XYZ[2], inX, y, inZ));
  }

  private static short[] cube() {
    float[] linear = new float[NODES];
    for (int i = 0; i < NODES; i++) {
      linear[i] = CieTables.decodeGamma((float) i / (NODES - 1));
    }
    short[] cube = new short[NODES * RED_STEP];
    for (int r = 0; r < NODES; r++) {
      for (int g = 0; g < NODES; g++) {
        for (int b = 0; b < NODES; b++) {
          float x = mix(0, linear[b], linear[g], linear[r]);
          float y = mix(1, linear[b], linear[g], linear[r]);
          float z = mix(2, linear[b], linear[g], linear[r]);
          float l = CieTables.f(y) * 116f - 16f;
          float d = 52f / Math.max(x + 15f * y + 3f * z, Math.ulp(1f));
          float u = l * (x * d - WHITE_U);
          float v = l * (9f / 4f * y * d - WHITE_V);
          int at = r * RED_STEP + g * GREEN_STEP + b * BLUE_STEP;
          cube[at] = (short) Math.rint(CieTables.BASE * l / 100f);
          cube[at + 1] = (short) Math.rint(CieTables.BASE * (u - U_LOW) / U_RANGE);
          cube[at + 2] = (short) Math.rint(CieTables.BASE * (v - V_LOW) / V_RANGE);
        }
      }
    }
    return cube;
  }

  private static float mix(int row, float blue, float green, float red) {
    double[] c = CieTables.RGB_TO_XYZ[row];
    return blue * (float) c[2] + green * (float) c[1] + red * (float) c[0];
  }

  private static float whiteTerm(int factor, double white) {
    float sum = (float) (CieTables.WHITE[0] + CieTables.WHITE[1] * 15 + CieTables.WHITE[2] * 3);
    return 1f / sum * factor * (float) white;
  }
}
