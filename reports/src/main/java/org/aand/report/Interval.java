package org.aand.report;

import static java.util.Objects.requireNonNull;

/**
 * A confidence interval of a metric.
 *
 * @param lower its lower end
 * @param upper its upper end, not below the lower one
 * @param level its coverage, between 0 and 1, such as 0.95
 * @param how where it comes from, such as "bootstrap over images, 1000 resamples"
 */
public record Interval(double lower, double upper, double level, String how) {
  /**
   * @throws IllegalArgumentException if the ends are swapped or not finite, or the level is not in
   *     (0, 1)
   */
  public Interval {
    requireNonNull(how, "how");
    if (!(lower <= upper) || !Double.isFinite(upper - lower)) {
      throw new IllegalArgumentException("interval from " + lower + " to " + upper);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("interval level " + level + ", must be in (0, 1)");
    }
  }
}
