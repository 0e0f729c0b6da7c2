package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * {@code 255 (v/255)^gamma} per channel, in single precision, truncated to an integer.
 *
 * @param red exponent of the red channel, positive
 * @param green exponent of the green channel, positive
 * @param blue exponent of the blue channel, positive
 */
public record GammaContrast(double red, double green, double blue) implements Augmenter {
  /**
   * @throws IllegalArgumentException if an exponent is not positive
   */
  public GammaContrast {
    if (!(red > 0 && green > 0 && blue > 0)) {
      throw new IllegalArgumentException("gamma " + red + ", " + green + ", " + blue);
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    return new ChannelTables(table(red), table(green), table(blue)).apply(image);
  }

  private static byte[] table(double gamma) {
    return ChannelTables.table(
        value -> {
          float fraction = (float) (value * (1.0 / 255));
          float raised = (float) Math.pow(fraction, (float) gamma);
          return (int) (raised * 255f);
        });
  }
}
