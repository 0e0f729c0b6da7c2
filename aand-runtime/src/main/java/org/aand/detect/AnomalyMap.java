package org.aand.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.model.MapRule;

/**
 * From the levels' discrepancies to one anomaly map of the image's size.
 *
 * <p>Each level is enlarged bilinearly (corners aligned), the levels are added, each times its
 * weight where the model has weights, the sum is smoothed by a Gaussian (truncated at 4 sigma,
 * reflecting borders). Enlarging and smoothing are linear and separable, so both are one product
 * with a prepared matrix on either side. Where the rule multiplies the levels, the product is
 * smoothed by itself.
 *
 * <ul>
 *   <li>level discrepancy: {@code [h, w]}, each in [0, 2]
 *   <li>map: {@code [height, width]}, in [0, 2 L] for L levels
 * </ul>
 *
 * <p>Source: {@code cal_anomaly_map} of the released code; scipy's {@code gaussian_filter}.
 */
public final class AnomalyMap {
  /** Deviation of the smoothing in pixels in the released code. */
  public static final double SIGMA = 4;

  private final ImageSize size;
  private final List<Enlarging> levels;
  private final MapRule.Combination combination;

  /** Of a product; a sum's is in the levels' matrices. */
  private final GaussianSmoothing smoothing;

  /** Enlarging and smoothing of one level: rows of {@code [height, h]} and {@code [w, width]}. */
  private record Enlarging(double[][] down, double[][] along) {
    static Enlarging of(
        ImageSize from, ImageSize to, double[] down, double[] along, double weight) {
      int width = to.width();
      double[] columns = matrix(from.width(), width, along);
      return new Enlarging(
          rows(scaled(matrix(from.height(), to.height(), down), weight), from.height()),
          rows(MapMatrix.transposed(columns, width), width));
    }

    /** {@code [to, from]}. */
    private static double[] matrix(int from, int to, double[] smoothing) {
      return product(smoothing, enlarging(from, to), to, to, from);
    }

    private static double[] scaled(double[] matrix, double factor) {
      return Arrays.stream(matrix).map(value -> value * factor).toArray();
    }

    private static double[][] rows(double[] matrix, int columns) {
      double[][] rows = new double[matrix.length / columns][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(matrix, i * columns, (i + 1) * columns);
      }
      return rows;
    }

    /** A level enlarged along its rows, {@code [h, width]}. */
    double[][] wide(double[] level) {
      int width = along.length;
      double[][] wide = new double[down[0].length][along[0].length];
      for (int y = 0; y < wide.length; y++) {
        for (int x = 0; x < width; x++) {
          addTo(wide[y], level[y * width + x], along[x]);
        }
      }
      return wide;
    }
  }

  /**
   * @param size of the map
   * @param levelSizes of each level's discrepancy
   * @param sigma deviation of the smoothing in pixels; 0 for none
   */
  public AnomalyMap(ImageSize size, List<ImageSize> levelSizes, double sigma) {
    this(size, levelSizes, MapRule.paper(sigma), sigma);
  }

  /**
   * A map of a rule's weights.
   *
   * @param size of the map
   * @param levelSizes of each map that is added up
   * @param rule whose weights count
   * @param sigma deviation of the smoothing in pixels; 0 for none
   */
  AnomalyMap(ImageSize size, List<ImageSize> levelSizes, MapRule rule, double sigma) {
    this.size = size;
    combination = rule.combination();
    smoothing = new GaussianSmoothing(size, sigma);
    double ofLevels = combination == MapRule.Combination.SUM ? sigma : 0;
    double[] down = smoothingOrNone(size.height(), ofLevels);
    double[] along = smoothingOrNone(size.width(), ofLevels);
    levels =
        IntStream.range(0, levelSizes.size())
            .mapToObj(l -> Enlarging.of(levelSizes.get(l), size, down, along, rule.weight(l)))
            .toList();
  }

  private static double[] smoothingOrNone(int size, double sigma) {
    return sigma > 0 ? smoothing(size, sigma) : identity(size);
  }

  /**
   * The map of one image.
   *
   * @param discrepancies of each level, {@code [h, w]} in row-major order
   * @return {@code [height, width]} in row-major order
   */
  public float[] of(List<double[]> discrepancies) {
    var wide = new ArrayList<double[][]>();
    for (int l = 0; l < levels.size(); l++) {
      wide.add(levels.get(l).wide(discrepancies.get(l)));
    }
    return switch (combination) {
      case SUM -> sum(wide);
      case PRODUCT -> product(wide);
    };
  }

  private float[] product(List<double[][]> wide) {
    int width = size.width();
    double[] map = new double[size.pixels()];
    Arrays.fill(map, 1);
    double[] row = new double[width];
    for (int l = 0; l < wide.size(); l++) {
      for (int y = 0; y < size.height(); y++) {
        Arrays.fill(row, 0);
        addRows(row, levels.get(l).down()[y], wide.get(l));
        for (int x = 0; x < width; x++) {
          map[y * width + x] *= row[x];
        }
      }
    }
    return smoothing.of(map);
  }

  private float[] sum(List<double[][]> wide) {
    int width = size.width();
    float[] map = new float[size.pixels()];
    double[] row = new double[width];
    for (int y = 0; y < size.height(); y++) {
      Arrays.fill(row, 0);
      for (int l = 0; l < wide.size(); l++) {
        addRows(row, levels.get(l).down()[y], wide.get(l));
      }
      for (int x = 0; x < width; x++) {
        map[y * width + x] = (float) row[x];
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

  /** The paper's score of an image: its map's maximum. */
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
