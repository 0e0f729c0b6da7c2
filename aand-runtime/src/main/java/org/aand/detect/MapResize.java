package org.aand.detect;

import org.aand.common.image.ImageSize;

/** Brings an anomaly map to another size: bilinear, pixel centres aligned, borders continued. */
public final class MapResize {
  private MapResize() {}

  /**
   * Resizes a map.
   *
   * @param map of that size in row-major order
   * @param size of the map
   * @param width new width, at least 1
   * @param height new height, at least 1
   * @return {@code [height, width]} in row-major order; never beyond the map's own range
   */
  public static float[] bilinear(float[] map, ImageSize size, int width, int height) {
    float[] result = new float[Math.multiplyExact(width, height)];
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      row(map, size, width, height, y, row);
      System.arraycopy(row, 0, result, y * width, width);
    }
    return result;
  }

  /**
   * One row of the resized map.
   *
   * @param y which one, from 0 to below the height
   * @param row receives it, {@code [width]}
   */
  public static void row(float[] map, ImageSize size, int width, int height, int y, float[] row) {
    double v = at(y, size.height(), height);
    int top = (int) v;
    int bottom = Math.min(top + 1, size.height() - 1);
    for (int x = 0; x < width; x++) {
      double u = at(x, size.width(), width);
      int left = (int) u;
      int right = Math.min(left + 1, size.width() - 1);
      double upper = mix(map[top * size.width() + left], map[top * size.width() + right], u - left);
      double lower =
          mix(map[bottom * size.width() + left], map[bottom * size.width() + right], u - left);
      row[x] = (float) mix(upper, lower, v - top);
    }
  }

  /** The upper one of the two rows of the map that a row of the resized one lies between. */
  public static int upperRow(int y, int from, int to) {
    return (int) at(y, from, to);
  }

  private static double at(int i, int from, int to) {
    return Math.max(0, Math.min(from - 1.0, (i + 0.5) * from / to - 0.5));
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
