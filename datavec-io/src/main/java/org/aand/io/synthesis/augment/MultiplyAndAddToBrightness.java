package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Scales and shifts the lightness channel of a colour space: into the space (8 bits), {@code v *
 * multiplier} rounded (halves to even) and clipped, {@code v + addend} clipped, or the other way
 * round, and back.
 *
 * @param space the colour space whose {@link ColorSpace#brightnessChannel()} is changed
 * @param multiplier not negative; used in single precision
 * @param addend in grey levels
 * @param addFirst whether the addition comes before the multiplication
 */
public record MultiplyAndAddToBrightness(
    ColorSpace space, double multiplier, int addend, boolean addFirst) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the multiplier is negative or not finite
   */
  public MultiplyAndAddToBrightness {
    if (!(multiplier >= 0) || Double.isInfinite(multiplier)) {
      throw new IllegalArgumentException("multiplier " + multiplier);
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    byte[] brightness =
        ChannelTables.table(
            addFirst
                ? value -> multiply(Saturate.toByte(value + addend))
                : value -> multiply(value) + addend);
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    var conversion = space.conversion();
    int shift = 16 - 8 * space.brightnessChannel();
    int others = ~(0xFF << shift);
    for (int i = 0; i < in.length; i += 3) {
      int there = conversion.fromRgb(in[i] & 0xFF, in[i + 1] & 0xFF, in[i + 2] & 0xFF);
      int changed = (there & others) | (brightness[there >> shift & 0xFF] & 0xFF) << shift;
      int back = conversion.toRgb(changed >> 16, changed >> 8 & 0xFF, changed & 0xFF);
      out[i] = (byte) (back >> 16);
      out[i + 1] = (byte) (back >> 8);
      out[i + 2] = (byte) back;
    }
    return new RgbImage(image.width(), image.height(), out);
  }

  private int multiply(int value) {
    return Saturate.toByte(value * (float) multiplier);
  }
}
