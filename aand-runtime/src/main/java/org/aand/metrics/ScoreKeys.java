package org.aand.metrics;

/**
 * Floats as ints in the same order, so that scores can be sorted and compared as integers. The two
 * zeros share a key; infinities have theirs; NaN has no place in the order and must be refused
 * before.
 */
final class ScoreKeys {
  private ScoreKeys() {}

  static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0.0f); // -0 + 0 is +0
    return flipNegative(bits);
  }

  static float score(int key) {
    return Float.intBitsToFloat(flipNegative(key));
  }

  /** Negative floats grow in magnitude with their bits: all bits but the sign are turned over. */
  private static int flipNegative(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}
