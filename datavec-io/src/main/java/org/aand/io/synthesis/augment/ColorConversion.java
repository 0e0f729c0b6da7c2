package org.aand.io.synthesis.augment;

/** RGB to another 8-bit colour space and back, one pixel at a time. */
interface ColorConversion {
  /** Three channels 0..255 in one int: {@code first << 16 | second << 8 | third}. */
  int fromRgb(int red, int green, int blue);

  /** {@code red << 16 | green << 8 | blue}. */
  int toRgb(int first, int second, int third);

  /** Clips each channel to 0..255 and packs the three. */
  static int pack(int first, int second, int third) {
    return Saturate.toByte(first) << 16 | Saturate.toByte(second) << 8 | Saturate.toByte(third);
  }
}
