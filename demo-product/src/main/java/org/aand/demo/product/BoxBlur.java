package org.aand.demo.product;

/** Sliding means, along rows and columns. */
final class BoxBlur {
  private BoxBlur() {}

  /**
   * Two boxes in each direction, which make a tent.
   *
   * @param values {@code [side, side]}; beyond the border they are 0
   * @param radius the boxes reach so far to both sides
   * @return {@code [side, side]}
   */
  static float[] twice(float[] values, int side, int radius) {
    float[] result = values;
    for (int pass = 0; pass < 2; pass++) {
      result = lines(result, side, radius, side, 1);
      result = lines(result, side, radius, 1, side);
    }
    return result;
  }

  private static float[] lines(float[] values, int side, int radius, int line, int step) {
    float[] result = new float[values.length];
    double weight = 1.0 / (2 * radius + 1);
    for (int i = 0; i < side; i++) {
      int start = i * line;
      double sum = 0;
      for (int k = 0; k < Math.min(radius, side); k++) {
        sum += values[start + k * step];
      }
      for (int k = 0; k < side; k++) {
        if (k + radius < side) {
          sum += values[start + (k + radius) * step];
        }
        if (k - radius - 1 >= 0) {
          sum -= values[start + (k - radius - 1) * step];
        }
        result[start + k * step] = (float) (sum * weight);
      }
    }
    return result;
  }
}
