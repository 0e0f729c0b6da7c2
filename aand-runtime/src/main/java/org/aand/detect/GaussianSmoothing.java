package org.aand.detect;

import org.aand.common.image.ImageSize;

/**
 * Gaussian smoothing of a map, truncated at 4 sigma, with reflecting borders ({@code d c b a | a b
 * c d}), along one axis and then the other.
 *
 * <p>Source: scipy's {@code gaussian_filter}.
 */
public final class GaussianSmoothing {
  private final ImageSize size;
  private final double[] kernel;

  /**
   * @param size of the map
   * @param sigma in pixels; 0 for none
   */
  public GaussianSmoothing(ImageSize size, double sigma) {
    this.size = size;
    kernel = sigma > 0 ? kernel(sigma) : new double[] {1};
  }

  /** Weights from -radius to radius; they sum to one. */
  static double[] kernel(double sigma) {
    int radius = (int) (4 * sigma + 0.5);
    double[] kernel = new double[2 * radius + 1];
    double total = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = Math.exp(-0.5 * i * i / (sigma * sigma));
      total += kernel[i + radius];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= total;
    }
    return kernel;
  }

  /** The pixel that a place beside the map is a reflection of. */
  static int reflected(int at, int size) {
    int source = Math.floorMod(at, 2 * size);
    return source < size ? source : 2 * size - 1 - source;
  }

  /** The smoothed map, {@code [height, width]}. */
  public float[] of(double[] map) {
    double[] smooth =
        alongRowsTransposed(
            alongRowsTransposed(map, size.height(), size.width()), size.width(), size.height());
    float[] rounded = new float[smooth.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) smooth[i];
    }
    return rounded;
  }

  /** From {@code [height, width]} to {@code [width, height]}. */
  private double[] alongRowsTransposed(double[] map, int height, int width) {
    int radius = kernel.length / 2;
    double[] to = new double[map.length];
    double[] row = new double[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = map[y * width + reflected(i - radius, width)];
      }
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int k = 0; k < kernel.length; k++) {
          sum += kernel[k] * row[x + k];
        }
        to[x * height + y] = sum;
      }
    }
    return to;
  }
}
