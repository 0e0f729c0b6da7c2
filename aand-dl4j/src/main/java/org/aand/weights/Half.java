package org.aand.weights;

/**
 * IEEE 754 half precision: 1 sign bit, 5 exponent bits, 10 bits of fraction.
 *
 * <p>The JDK converts it from release 20 on only.
 */
final class Half {
  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float LARGEST = 65504f;

  private Half() {}

  /**
   * The nearest half, ties to even.
   *
   * @throws IllegalArgumentException if the value is not finite or too large
   */
  static short of(float value) {
    float magnitude = Math.abs(value);
    if (!(magnitude <= LARGEST)) {
      throw new IllegalArgumentException(value + " has no half precision");
    }
    int sign = value < 0 || 1 / value < 0 ? 0x8000 : 0;
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int exponent = Math.getExponent(magnitude);
    int fraction = (int) Math.rint(magnitude * Math.scalb(1.0, 10 - exponent));
    // A fraction rounded up to 2048 carries into the exponent by itself.
    return (short) (sign | ((exponent + 14) << 10) + fraction);
  }

  /** The value of a half. */
  static float toFloat(short half) {
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1024f + fraction, exponent - 25);
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
