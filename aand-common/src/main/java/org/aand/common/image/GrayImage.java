package org.aand.common.image;

/**
 * An 8-bit single-channel image: luminance, or a mask.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param pixels {@code [height, width]} in row-major order, each 0..255 unsigned; not copied, so
 *     whoever hands it over does not write to it afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // an image is compared by identity
public record GrayImage(int width, int height, byte[] pixels) {
  /**
   * @throws IllegalArgumentException if the array does not fit the size
   */
  public GrayImage {
    if (width < 1 || height < 1 || pixels.length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          pixels.length + " values for a grey image of " + width + "x" + height);
    }
  }

  /** The value at a pixel, 0..255. */
  public int at(int x, int y) {
    return pixels[y * width + x] & 0xFF;
  }
}
