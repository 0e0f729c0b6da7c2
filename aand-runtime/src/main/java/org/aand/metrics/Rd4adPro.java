package org.aand.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The approximation of AUPRO in RD4AD's released code ({@code compute_pro}), for comparison with
 * values computed by it. For anything else use {@link Aupro}.
 *
 * <p>It differs from the protocol in three ways: the thresholds are evenly spaced from the least to
 * the greatest map value, the greatest left out; only points with a false-positive rate strictly
 * below the limit are kept; and the kept rates are divided by the greatest of them, not by the
 * limit. RD4AD calls it with each defective image alone and averages; call it with one image to
 * have that.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>H. Deng, X. Li. Anomaly Detection via Reverse Distillation from One-Class Embedding. CVPR
 *       2022, and its released code.
 * </ol>
 */
public final class Rd4adPro {
  /** The number of thresholds in the released code. */
  public static final int STANDARD_THRESHOLDS = 200;

  private Rd4adPro() {}

  /**
   * The approximate AUPRO of some images together.
   *
   * @param maps anomaly maps, {@code [height, width]} row-major
   * @param masks one a map, {@code [height, width]}, not 0 where defective; null for an image
   *     without defect
   * @param limit false-positive rate below which points are kept, 0.3 in the released code
   * @param thresholds into how many steps the range of the map values is cut
   * @return in [0, 1]; empty where the released code gives no number: fewer than two points are
   *     kept, or all of them have rate 0
   * @throws IllegalArgumentException if the shapes do not fit, a map value is not finite, all map
   *     values are equal, or there is no region or no normal pixel
   */
  public static OptionalDouble of(
      List<float[]> maps,
      List<byte @Nullable []> masks,
      int width,
      int height,
      double limit,
      int thresholds) {
    MapShapes.requirePairs(maps, masks, width, height);
    MapShapes.requireNoNaN(maps, width);
    double[] grid = thresholds(maps, thresholds);
    long[] falsePositives = new long[grid.length];
    double[] overlap = new double[grid.length];
    long normal = 0;
    int regions = 0;
    for (int image = 0; image < maps.size(); image++) {
      float[] map = maps.get(image);
      byte @Nullable [] mask = masks.get(image);
      long[] normalSteps = new long[grid.length + 1];
      var found = mask == null ? null : ConnectedRegions.of(mask, width, height);
      int count = found == null ? 0 : found.count();
      int[][] regionSteps = new int[count][grid.length + 1];
      for (int pixel = 0; pixel < map.length; pixel++) {
        int exceeded = exceeded(grid, map[pixel]);
        int region = found == null ? 0 : found.at(pixel);
        if (region == 0) {
          normalSteps[exceeded]++;
          normal++;
        } else {
          regionSteps[region - 1][exceeded]++;
        }
      }
      long above = 0;
      for (int t = grid.length - 1; t >= 0; t--) {
        above += normalSteps[t + 1];
        falsePositives[t] += above;
      }
      for (int region = 0; found != null && region < count; region++) {
        int detected = 0;
        for (int t = grid.length - 1; t >= 0; t--) {
          detected += regionSteps[region][t + 1];
          overlap[t] += (double) detected / found.area(region + 1);
        }
      }
      regions += count;
    }
    if (regions == 0 || normal == 0) {
      throw new IllegalArgumentException(
          "PRO needs defect regions and normal pixels; there are "
              + regions
              + " regions and "
              + normal
              + " normal pixels");
    }
    return area(falsePositives, overlap, normal, regions, limit);
  }

  /** NumPy's {@code arange(min, max, (max - min) / steps)}, which may round to one step more. */
  private static double[] thresholds(List<float[]> maps, int steps) {
    if (steps < 2) {
      throw new IllegalArgumentException("PRO needs at least 2 thresholds, not " + steps);
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float[] map : maps) {
      for (float value : map) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    double delta = (max - min) / steps;
    if (!(delta > 0 && Double.isFinite(delta))) {
      throw new IllegalArgumentException(
          "PRO needs map values that are finite and differ; they range from " + min + " to " + max);
    }
    double[] grid = new double[(int) Math.ceil((max - min) / delta)];
    double step = (min + delta) - min; // the step NumPy fills with, rounded once more
    for (int i = 0; i < grid.length; i++) {
      grid[i] = i == 1 ? min + delta : min + i * step;
    }
    return grid;
  }

  /** How many thresholds a value lies strictly above. */
  private static int exceeded(double[] grid, float value) {
    int at = Arrays.binarySearch(grid, value);
    return at >= 0 ? at : -at - 1;
  }

  private static OptionalDouble area(
      long[] falsePositives, double[] overlap, long normal, int regions, double limit) {
    int first = 0; // rates fall with the threshold: kept are the points from here on
    while (first < falsePositives.length && !((double) falsePositives[first] / normal < limit)) {
      first++;
    }
    if (falsePositives.length - first < 2 || falsePositives[first] == 0) {
      return OptionalDouble.empty();
    }
    double greatest = (double) falsePositives[first] / normal;
    double area = 0;
    for (int t = first + 1; t < falsePositives.length; t++) {
      double width = (double) (falsePositives[t - 1] - falsePositives[t]) / normal;
      area += width * (overlap[t - 1] + overlap[t]) / 2;
    }
    return OptionalDouble.of(area / regions / greatest);
  }
}
