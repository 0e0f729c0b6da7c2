package org.aand.demo.product;

/** Where two images of one size differ visibly. */
final class Visibility {
  /** Gaps are closed from either side by this part of the image, or by one pixel. */
  private static final int PIXELS_PER_STEP = 128;

  private Visibility() {}

  /**
   * Compares, closes small gaps, and leaves out what has fewer than three others near it: single
   * pixels of faint texture are no defect.
   *
   * @param one {@code [size, size, 3]}
   * @param other {@code [size, size, 3]}
   * @param least the least difference in some channel
   * @return {@code [size, size]}
   */
  static boolean[] of(float[] one, float[] other, int size, double least) {
    boolean[] differs = new boolean[size * size];
    for (int pixel = 0; pixel < differs.length; pixel++) {
      for (int c = 3 * pixel; c < 3 * pixel + 3; c++) {
        differs[pixel] |= Math.abs(one[c] - other[c]) >= least;
      }
    }
    int reach = Math.max(1, size / PIXELS_PER_STEP);
    boolean[] closed = differs;
    for (int i = 0; i < reach; i++) {
      closed = grown(closed, size, true);
    }
    for (int i = 0; i < reach; i++) {
      closed = grown(closed, size, false);
    }
    return withoutSpecks(closed, size);
  }

  static int count(boolean[] seen) {
    int count = 0;
    for (boolean pixel : seen) {
      count += pixel ? 1 : 0;
    }
    return count;
  }

  /** Gives a pixel the value if it or one of its four neighbours has it. */
  private static boolean[] grown(boolean[] pixels, int size, boolean value) {
    boolean[] result = pixels.clone();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int pixel = y * size + x;
        if ((x > 0 && pixels[pixel - 1] == value)
            || (x < size - 1 && pixels[pixel + 1] == value)
            || (y > 0 && pixels[pixel - size] == value)
            || (y < size - 1 && pixels[pixel + size] == value)) {
          result[pixel] = value;
        }
      }
    }
    return result;
  }

  private static boolean[] withoutSpecks(boolean[] pixels, int size) {
    boolean[] result = new boolean[pixels.length];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        result[y * size + x] = pixels[y * size + x] && neighbours(pixels, size, x, y) >= 4;
      }
    }
    return result;
  }

  /** How many pixels of the 5x5 around one are set, itself included. */
  private static int neighbours(boolean[] pixels, int size, int x, int y) {
    int count = 0;
    for (int j = Math.max(0, y - 2); j <= Math.min(size - 1, y + 2); j++) {
      for (int i = Math.max(0, x - 2); i <= Math.min(size - 1, x + 2); i++) {
        count += pixels[j * size + i] ? 1 : 0;
      }
    }
    return count;
  }
}
