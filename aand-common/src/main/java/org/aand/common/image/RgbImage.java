package org.aand.common.image;

/**
 * An 8-bit colour image.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixels {@code [height, width, 3]} in row-major order, red green blue, each 0..255
 *     unsigned; not copied, so whoever hands it over does not write to it afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // an image is compared by identity
public record RgbImage(int width, int height, byte[] pixels) {
  /**
   * @throws IllegalArgumentException if the array does not fit the size
   */
  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(3, width * height)) {
      throw new IllegalArgumentException(
          pixels.length + " values for an RGB image of " + width + "x" + height);
    }
  }

  /** The value of a channel (0 red, 1 green, 2 blue), 0..255. */
  public int at(int x, int y, int channel) {
    return pixels[(y * width + x) * 3 + channel] & 0xFF;
  }
}
