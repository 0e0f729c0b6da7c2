package org.aand.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From the levels' discrepancies to one anomaly map of the image's size.
 *
 * <p>Each level is enlarged bilinearly (corners aligned), the levels are added, the sum is smoothed
 * by a Gaussian (truncated at 4 sigma, reflecting borders). Enlarging and smoothing are linear and
 * separable, so both are one product with a prepared matrix on either side.
 *
 * <ul>
 *   <li>level discrepancy: {@code [h, w]}, each in [0, 2]
 *   <li>map: {@code [S, S]}, in [0, 2 L] for L levels
 * </ul>
 *
 * <p>Source: {@code cal_anomaly_map} of the released code; scipy's {@code gaussian_filter}.
 */
public final class AnomalyMap {
  /** Deviation of the smoothing in pixels in the released code. */
  public static final double SIGMA = 4;

  private final int size;
  private final List<Enlarging> levels;

  /** Enlarging and smoothing of one level along either axis, rows of {@code [S, h]}. */
  private record Enlarging(int from, double[][] matrix, double[][] transposed) {
    static Enlarging of(int from, int size, double[] smoothing) {
      double[] matrix = product(smoothing, enlarging(from, size), size, size, from);
      return new Enlarging(
          from, rows(matrix, from), rows(MapMatrix.transposed(matrix, size), size));
    }

    private static double[][] rows(double[] matrix, int columns) {
      double[][] rows = new double[matrix.length / columns][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(matrix, i * columns, (i + 1) * columns);
      }
      return rows;
    }

    /** A level enlarged along its rows, {@code [h, S]}. */
    double[][] wide(double[] level) {
      double[][] wide = new double[from][transposed[0].length];
      for (int y = 0; y < from; y++) {
        for (int x = 0; x < from; x++) {
          addTo(wide[y], level[y * from + x], transposed[x]);
        }
      }
      return wide;
    }
  }

  /**
   * @param size S of the map
   * @param levelSizes h = w of each level's discrepancy
   * @param sigma deviation of the smoothing in pixels; 0 for none
   */
  public AnomalyMap(int size, int[] levelSizes, double sigma) {
    this.size = size;
    double[] smoothing = sigma > 0 ? smoothing(size, sigma) : identity(size);
    levels =
        Arrays.stream(levelSizes).mapToObj(level -> Enlarging.of(level, size, smoothing)).toList();
  }

  /**
   * The map of one image.
   *
   * @param discrepancies of each level, {@code [h, w]} in row-major order
   * @return {@code [S, S]} in row-major order
   */
  public float[] of(List<double[]> discrepancies) {
    var wide = new ArrayList<double[][]>();
    for (int l = 0; l < levels.size(); l++) {
      wide.add(levels.get(l).wide(discrepancies.get(l)));
    }
    float[] map = new float[size * size];
    double[] row = new double[size];
    for (int y = 0; y < size; y++) {
      Arrays.fill(row, 0);
      for (int l = 0; l < wide.size(); l++) {
        addRows(row, levels.get(l).matrix()[y], wide.get(l));
      }
      for (int x = 0; x < size; x++) {
        map[y * size + x] = (float) row[x];
      }
    }
    return map;
  }

  private static void addRows(double[] sum, double[] factors, double[][] rows) {
    for (int i = 0; i < factors.length; i++) {
      // A pixel depends on the few locations around it.
      if (factors[i] != 0) {
        addTo(sum, factors[i], rows[i]);
      }
    }
  }

  // Whole arrays from their first element on, so that the compiler vectorises the loop.
  private static void addTo(double[] sum, double factor, double[] row) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * row[i];
    }
  }

  /** The score of an image: its map's maximum. */
  public static float score(float[] map) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : map) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** Bilinear enlarging with aligned corners as a matrix {@code [to, from]}. */
  static double[] enlarging(int from, int to) {
    double[] matrix = new double[to * from];
    for (int i = 0; i < to; i++) {
      double at = to == 1 ? 0 : i * (from - 1.0) / (to - 1);
      int low = Math.min((int) at, from - 1);
      int high = Math.min(low + 1, from - 1);
      double fraction = at - low;
      matrix[i * from + low] += 1 - fraction;
      matrix[i * from + high] += fraction;
    }
    return matrix;
  }

  /** Gaussian smoothing with reflected borders ({@code d c b a | a b c d}) as a matrix. */
  static double[] smoothing(int size, double sigma) {
    double[] kernel = GaussianSmoothing.kernel(sigma);
    int radius = kernel.length / 2;
    double[] matrix = new double[size * size];
    for (int y = 0; y < size; y++) {
      for (int i = -radius; i <= radius; i++) {
        matrix[y * size + GaussianSmoothing.reflected(y + i, size)] += kernel[i + radius];
      }
    }
    return matrix;
  }

  private static double[] identity(int size) {
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = 1;
    }
    return matrix;
  }

  /** {@code [m, k] [k, n]}. */
  static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < k; j++) {
        double factor = a[i * k + j];
        if (factor != 0) {
          for (int l = 0; l < n; l++) {
            c[i * n + l] += factor * b[j * n + l];
          }
        }
      }
    }
    return c;
  }
}
