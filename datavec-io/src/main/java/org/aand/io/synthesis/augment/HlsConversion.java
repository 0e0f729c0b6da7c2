package org.aand.io.synthesis.augment;

/** Hue (0..179), lightness, saturation; in single precision, rounded. */
final class HlsConversion implements ColorConversion {
  private static final int HUES = 180;
  private static final float BYTE = 1f / 255;
  private static final float SECTORS_PER_HUE = 6f / HUES;
  private static final float SMALLEST_RANGE = Math.ulp(1f);

  @Override
  public int fromRgb(int red, int green, int blue) {
    float r = red * BYTE;
    float g = green * BYTE;
    float b = blue * BYTE;
    float most = Math.max(r, Math.max(g, b));
    float least = Math.min(r, Math.min(g, b));
    float range = most - least;
    float sum = most + least;
    float lightness = sum * 0.5f;
    if (!(range > SMALLEST_RANGE)) {
      return ColorConversion.pack(0, Saturate.toByte(lightness * 255f), 0);
    }
    float saturation = range / (lightness < 0.5f ? sum : 2f - sum);
    float perRange = 60f / range;
    float hue;
    if (most == r) {
      hue = ColorConversion.fused(g - b, perRange, g < b ? 360f : 0f);
    } else if (most == g) {
      hue = ColorConversion.fused(b - r, perRange, 120f);
    } else {
      hue = ColorConversion.fused(r - g, perRange, 240f);
    }
    return ColorConversion.pack(
        Saturate.toByte(hue * 0.5f),
        Saturate.toByte(lightness * 255f),
        Saturate.toByte(saturation * 255f));
  }

  @Override
  public int toRgb(int hue, int lightness, int saturation) {
    float l = lightness * BYTE;
    float s = saturation * BYTE;
    float product = l * s;
    float reach = l <= 0.5f ? product : s - product;
    float position = hue * SECTORS_PER_HUE;
    int sector = (int) position;
    float twice = position - sector;
    twice += twice;
    float swing = reach * twice;
    int most = Saturate.toByte((l + reach) * 255f);
    int least = Saturate.toByte((l - reach) * 255f);
    int falling = Saturate.toByte((l + reach - swing) * 255f);
    int rising = Saturate.toByte((l - reach + swing) * 255f);
    return ColorConversion.ofSixth(sector, most, least, falling, rising);
  }
}
