package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Turns the hue and shifts the saturation in 8-bit HSV (hue 0..179, saturation 0..255).
 *
 * @param hue -255..255, where 255 is the full circle: {@code hue * 180 / 255}, truncated, is added
 *     modulo 180
 * @param saturation in levels of 255, added and clipped
 */
public record AddToHueAndSaturation(int hue, int saturation) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the hue is out of range
   */
  public AddToHueAndSaturation {
    if (Math.abs(hue) > 255) {
      throw new IllegalArgumentException("hue shift " + hue);
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    int turn = hue * 180 / 255;
    byte[] hues = ChannelTables.table(value -> Math.floorMod(value + turn, 180));
    byte[] saturations = ChannelTables.table(value -> value + saturation);
    var conversion = new HsvConversion();
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i += 3) {
      int hsv = conversion.fromRgb(in[i] & 0xFF, in[i + 1] & 0xFF, in[i + 2] & 0xFF);
      int back =
          conversion.toRgb(hues[hsv >> 16] & 0xFF, saturations[hsv >> 8 & 0xFF] & 0xFF, hsv & 0xFF);
      out[i] = (byte) (back >> 16);
      out[i + 1] = (byte) (back >> 8);
      out[i + 2] = (byte) back;
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
