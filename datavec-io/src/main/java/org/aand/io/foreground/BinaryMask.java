package org.aand.io.foreground;

import org.aand.common.image.GrayImage;

/** Paints a mask from a condition on pixels. */
final class BinaryMask {
  private static final byte ON = (byte) 255;

  private BinaryMask() {}

  @FunctionalInterface
  interface Condition {
    boolean holds(int x, int y);
  }

  static GrayImage where(int width, int height, Condition condition) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (condition.holds(x, y)) {
          pixels[y * width + x] = ON;
        }
      }
    }
    return new GrayImage(width, height, pixels);
  }
}
