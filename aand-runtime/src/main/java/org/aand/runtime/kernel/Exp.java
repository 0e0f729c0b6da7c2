package org.aand.runtime.kernel;

/**
 * {@code exp(x)} for x up to 0, within 2e-7 of the exact value relative to it; below -87 that of
 * -87. A formula of its own for the same reason as {@link Tanh}: {@code 2^n exp(r)}, n the nearest
 * integer of x / ln 2, and the Taylor polynomial of degree 6 of r.
 */
final class Exp {
  static final float LEAST = -87;

  /** 1.5 * 2^23: the last bits of a sum with it are the other summand as an integer. */
  static final float SHIFTER = 12582912;

  static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; products of the first with small integers are exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;
  static final float C2 = 1 / 2f;
  static final float C3 = 1 / 6f;
  static final float C4 = 1 / 24f;
  static final float C5 = 1 / 120f;
  static final float C6 = 1 / 720f;

  /** Of a float's bits before its exponent. */
  static final int FRACTION_BITS = 23;

  private Exp() {}

  static float of(float v) {
    float x = Math.max(v, LEAST);
    float shifted = x * LOG2_E + SHIFTER;
    float n = shifted - SHIFTER;
    float r = x - n * LN2_HIGH - n * LN2_LOW;
    float p = r * C6 + C5;
    p = p * r + C4;
    p = p * r + C3;
    p = p * r + C2;
    p = p * r + 1;
    p = p * r + 1;
    return timesPower(p, shifted);
  }

  /** {@code p 2^n}, where {@code shifted} is n and {@link #SHIFTER}. */
  static float timesPower(float p, float shifted) {
    int bits = Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << FRACTION_BITS);
    return Float.intBitsToFloat(bits);
  }
}
