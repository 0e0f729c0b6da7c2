package org.aand.io.synthesis.augment;

/**
 * Hue (0..179), saturation, value.
 *
 * <p>There in fixed point with 12 fraction bits; back in single precision and truncated, as
 * OpenCV's vectorised loop does (its scalar remainder of a row rounds instead, so the reference
 * itself differs by one in the last columns of a row whose length is no multiple of 32).
 */
final class HsvConversion implements ColorConversion {
  private static final int BITS = 12;
  private static final int HALF = 1 << (BITS - 1);
  private static final int HUES = 180;
  private static final float BYTE = 1f / 255;
  private static final float SECTORS_PER_HUE = 6f / HUES;
  private static final int[] SATURATION_SCALE = new int[256];
  private static final int[] HUE_SCALE = new int[256];

  static {
    for (int i = 1; i < 256; i++) {
      SATURATION_SCALE[i] = (int) Math.rint((255 << BITS) / (double) i);
      HUE_SCALE[i] = (int) Math.rint((HUES << BITS) / (6.0 * i));
    }
  }

  @Override
  public int fromRgb(int red, int green, int blue) {
    int value = Math.max(red, Math.max(green, blue));
    int range = value - Math.min(red, Math.min(green, blue));
    int saturation = (range * SATURATION_SCALE[value] + HALF) >> BITS;
    int sixths;
    if (value == red) {
      sixths = green - blue;
    } else if (value == green) {
      sixths = blue - red + 2 * range;
    } else {
      sixths = red - green + 4 * range;
    }
    int hue = (sixths * HUE_SCALE[range] + HALF) >> BITS;
    return ColorConversion.pack(hue < 0 ? hue + HUES : hue, saturation, value);
  }

  @Override
  public int toRgb(int hue, int saturation, int value) {
    float v = value * BYTE;
    float s = saturation * BYTE;
    float position = hue * SECTORS_PER_HUE;
    int sector = (int) position;
    float h = position - sector;
    int most = (int) (v * 255f);
    int least = (int) (v * (1f - s) * 255f);
    int falling = (int) (v * ColorConversion.fused(-s, h, 1f) * 255f);
    int rising = (int) (v * ColorConversion.fused(-s, 1f - h, 1f) * 255f);
    return ColorConversion.ofSixth(sector, most, least, falling, rising);
  }
}
