package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;

/** Images that several tests change. */
final class SampleImages {
  private SampleImages() {}

  /** Every pixel of any colour. */
  static RgbImage random(long seed, int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    new RandomStreams(seed).stream("picture").nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  static RgbImage constant(int red, int green, int blue) {
    byte[] pixels = new byte[3 * 4 * 4];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) red;
      pixels[i + 1] = (byte) green;
      pixels[i + 2] = (byte) blue;
    }
    return new RgbImage(4, 4, pixels);
  }
}
