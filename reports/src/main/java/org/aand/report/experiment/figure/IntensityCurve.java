package org.aand.report.experiment.figure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The intensity of the residuals on normal and on abnormal patches over the epochs of stage 1, at
 * one level (Fig. 8).
 *
 * @param dataset the data set's key
 * @param category the category in it
 * @param level the level of the feature pyramid, counted from 1
 * @param spread what the low and high ends are, such as "10% and 90% quantile over patches"
 * @param points the epochs, in order
 */
public record IntensityCurve(
    String dataset, String category, int level, String spread, List<Point> points)
    implements Figure {

  /**
   * One epoch.
   *
   * @param epoch its number; 0 is before training
   * @param normal the intensity on normal patches
   * @param abnormal the intensity on abnormal patches
   */
  public record Point(int epoch, Band normal, Band abnormal) {}

  /**
   * An intensity, without a unit.
   *
   * @param mean its mean
   * @param low the low end of its spread
   * @param high the high end of its spread
   */
  public record Band(double mean, double low, double high) {
    /**
     * @throws IllegalArgumentException if a value is not finite or the ends are swapped
     */
    public Band {
      if (!Double.isFinite(mean) || !(low <= high) || !Double.isFinite(high - low)) {
        throw new IllegalArgumentException(
            "an intensity of " + mean + " from " + low + " to " + high);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if the epochs do not rise
   */
  public IntensityCurve {
    requireNonNull(dataset, "dataset");
    requireNonNull(category, "category");
    requireNonNull(spread, "spread");
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).epoch() <= points.get(i - 1).epoch()) {
        throw new IllegalArgumentException("epoch " + points.get(i).epoch() + " out of order");
      }
    }
  }
}
