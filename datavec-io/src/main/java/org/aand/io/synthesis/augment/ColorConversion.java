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

  /**
   * The colour in a sixth of the hue circle, from red on: its greatest and least channel and the
   * one between them, which rises in every other sixth and falls in the rest.
   */
  static int ofSixth(int sixth, int most, int least, int falling, int rising) {
    return switch (sixth % 6) {
      case 0 -> pack(most, rising, least);
      case 1 -> pack(falling, most, least);
      case 2 -> pack(least, most, rising);
      case 3 -> pack(least, falling, most);
      case 4 -> pack(rising, least, most);
      default -> pack(most, least, falling);
    };
  }

  /** a b + c with one rounding, as the reference's code has; the product is exact in double. */
  static float fused(float a, float b, float c) {
    return (float) ((double) a * b + c);
  }
}
