package org.aand.common.image;

/**
 * The luminance of a colour image after ITU-R BT.601, in the fixed point that Pillow's mode "L"
 * has: {@code (19595 R + 38470 G + 7471 B + 32768) >> 16}. A grey image keeps its values.
 */
public final class Luminance {
  private Luminance() {}

  /**
   * Computes the luminance.
   *
   * @param image {@code [height, width, 3]}
   * @return {@code [height, width]}
   */
  public static GrayImage of(RgbImage image) {
    byte[] rgb = image.pixels();
    byte[] gray = new byte[rgb.length / 3];
    for (int i = 0; i < gray.length; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      int blue = rgb[3 * i + 2] & 0xFF;
      gray[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16);
    }
    return new GrayImage(image.width(), image.height(), gray);
  }
}
