package org.aand.io.foreground;

import org.aand.common.image.GrayImage;

/**
 * A Gaussian filter as SciPy's {@code gaussian_filter} computes it: separable, cut at four
 * deviations, mirrored at the edges (d c b a | a b c d), down the columns first and then along the
 * rows.
 */
public final class GaussianBlur {
  private static final double TRUNCATE = 4;

  private final int radius;

  /** Half of the symmetric kernel: weight at distance 0..radius. */
  private final double[] weights;

  /**
   * @param sigma standard deviation in pixels, positive
   */
  public GaussianBlur(double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("sigma " + sigma);
    }
    radius = (int) (TRUNCATE * sigma + 0.5);
    weights = new double[radius + 1];
    double total = 0;
    for (int d = radius; d >= 0; d--) {
      weights[d] = Math.exp(-0.5 / (sigma * sigma) * d * d);
      total += d == 0 ? weights[d] : 2 * weights[d];
    }
    for (int d = 0; d <= radius; d++) {
      weights[d] /= total;
    }
  }

  /**
   * Filters an 8-bit image as the reference does, which keeps 8 bits between the passes and drops
   * the fraction each time, so the result is up to two levels darker than the exact one.
   */
  public GrayImage applyTruncating(GrayImage image) {
    double[] values = new double[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[i] & 0xFF;
    }
    double[] columns = truncate(alongColumns(values, image.width(), image.height()));
    double[] both = truncate(alongRows(columns, image.width(), image.height()));
    byte[] pixels = new byte[both.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) both[i];
    }
    return new GrayImage(image.width(), image.height(), pixels);
  }

  /**
   * Filters without rounding.
   *
   * @param values {@code [height, width]}
   * @return {@code [height, width]}
   */
  public double[] apply(double[] values, int width, int height) {
    return alongRows(alongColumns(values, width, height), width, height);
  }

  private double[] alongColumns(double[] values, int width, int height) {
    double[] result = new double[values.length];
    for (int y = 0; y < height; y++) {
      int to = y * width;
      for (int x = 0; x < width; x++) {
        result[to + x] = values[to + x] * weights[0];
      }
      // From the far ends inwards, as the reference sums: a constant must truncate alike.
      for (int d = radius; d > 0; d--) {
        int above = mirror(y - d, height) * width;
        int below = mirror(y + d, height) * width;
        double weight = weights[d];
        for (int x = 0; x < width; x++) {
          result[to + x] += (values[above + x] + values[below + x]) * weight;
        }
      }
    }
    return result;
  }

  private double[] alongRows(double[] values, int width, int height) {
    double[] result = new double[values.length];
    double[] padded = new double[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < padded.length; i++) {
        padded[i] = values[y * width + mirror(i - radius, width)];
      }
      for (int x = 0; x < width; x++) {
        int centre = x + radius;
        double sum = padded[centre] * weights[0];
        for (int d = radius; d > 0; d--) {
          sum += (padded[centre - d] + padded[centre + d]) * weights[d];
        }
        result[y * width + x] = sum;
      }
    }
    return result;
  }

  private static int mirror(int index, int length) {
    int folded = Math.floorMod(index, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }

  private static double[] truncate(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) values[i];
    }
    return values;
  }
}
