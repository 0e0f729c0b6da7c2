package org.aand.metrics;

import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Mean and spread of a metric over repeated runs (seeds), with Student's t interval of the mean.
 *
 * <p>The interval speaks of the training's randomness on this very test set, not of other test
 * images; for those see {@link AurocInterval}.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Student. The probable error of a mean. Biometrika 6, 1908.
 * </ol>
 */
public final class MeanInterval {
  private MeanInterval() {}

  /**
   * The runs in short. With one run only the mean is known.
   *
   * @param runs how many there are
   * @param mean their mean
   * @param standardDeviation with runs - 1 in the denominator; absent for one run
   * @param lower lower end of the interval, absent for one run; not cut to the metric's range
   * @param upper upper end of the interval, absent for one run; not cut to the metric's range
   * @param confidence the probability with which such intervals hold the true mean
   */
  public record Result(
      int runs,
      double mean,
      OptionalDouble standardDeviation,
      OptionalDouble lower,
      OptionalDouble upper,
      double confidence) {}

  /**
   * The mean over runs.
   *
   * @param values one a run
   * @param confidence in (0, 1), for instance 0.95
   * @throws IllegalArgumentException if there is no run, a value is not finite, or the confidence
   *     is out of range
   */
  public static Result of(double[] values, double confidence) {
    Confidence.require(confidence);
    if (values.length == 0) {
      throw new IllegalArgumentException("a mean over runs needs at least one run");
    }
    for (int run = 0; run < values.length; run++) {
      if (!Double.isFinite(values[run])) {
        throw new IllegalArgumentException("the value of run " + run + " is " + values[run]);
      }
    }
    double mean = StatUtils.mean(values);
    if (values.length == 1) {
      var none = OptionalDouble.empty();
      return new Result(1, mean, none, none, none, confidence);
    }
    double deviation = Math.sqrt(StatUtils.variance(values));
    double quantile =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability((1 + confidence) / 2);
    double reach = quantile * deviation / Math.sqrt(values.length);
    return new Result(
        values.length,
        mean,
        OptionalDouble.of(deviation),
        OptionalDouble.of(mean - reach),
        OptionalDouble.of(mean + reach),
        confidence);
  }
}
