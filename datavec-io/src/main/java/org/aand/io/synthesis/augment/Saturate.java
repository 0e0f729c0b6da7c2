package org.aand.io.synthesis.augment;

/** Conversion to 0..255 as OpenCV does it: out-of-range values are clipped, halves go to even. */
final class Saturate {
  private Saturate() {}

  static int toByte(int value) {
    return Math.max(0, Math.min(255, value));
  }

  static int toByte(float value) {
    return toByte((int) Math.rint(value));
  }
}
