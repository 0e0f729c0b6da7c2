package org.aand.calibration;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.stat.interval.ClopperPearsonInterval;

/**
 * How often normal images to come will be called anomalous, and how sure that is: the rate is not
 * known, only what n held-out normals tell of it.
 *
 * <p>Let the threshold be the k-th smallest of n scores of independent images of one distribution
 * without ties, as future normal images are. Then the rate at which these exceed it follows the
 * distribution Beta(n + 1 - k, k) whatever the distribution of the scores; its mean is (n + 1 - k)
 * / (n + 1). So n normals can promise no rate below 1 / (n + 1).
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>H. A. David, H. N. Nagaraja. Order Statistics. Wiley 2003, section 2.1 and 7.2.
 *   <li>C. J. Clopper, E. S. Pearson. The use of confidence or fiducial limits illustrated in the
 *       case of the binomial. Biometrika 26, 1934.
 * </ol>
 *
 * @param expected the mean rate, or for a threshold that was not chosen by rank the observed share
 * @param lower lower end of the interval, {@value #CONFIDENCE} confidence, central
 * @param upper its upper end
 */
public record FalseAlarms(double expected, double lower, double upper) {
  /** Confidence of the interval. */
  public static final double CONFIDENCE = 0.95;

  /**
   * Which order statistic the threshold has to be so that normal images exceed it at most at this
   * rate on average: the smallest k with (n + 1 - k) / (n + 1) at most the rate, but n if that does
   * not exist; then the rate cannot be kept.
   *
   * @param n number of held-out normals
   * @param rate wanted
   * @return k, from 1 to n
   */
  public static int rank(int n, double rate) {
    // The smallest excess keeps rates such as 0.05 of 19 images from rounding up.
    return (int) Math.max(1, Math.min(n, Math.ceil((1 - rate) * (n + 1) - 1e-9)));
  }

  /** How many held-out normals the rate needs at least. */
  public static int needed(double rate) {
    return (int) Math.max(1, Math.ceil(1 / rate - 1 - 1e-9));
  }

  /** For the k-th smallest of n scores as threshold. */
  static FalseAlarms aboveOrderStatistic(int n, int k) {
    var beta = new BetaDistribution(n + 1.0 - k, k);
    return new FalseAlarms(
        (n + 1.0 - k) / (n + 1.0),
        beta.inverseCumulativeProbability((1 - CONFIDENCE) / 2),
        beta.inverseCumulativeProbability((1 + CONFIDENCE) / 2));
  }

  /** For any threshold, which {@code alarms} of n scores exceed; the exact binomial interval. */
  static FalseAlarms counted(int n, int alarms) {
    // The class leaves out the ends' special cases.
    var interval =
        alarms == 0 || alarms == n
            ? null
            : new ClopperPearsonInterval().createInterval(n, alarms, CONFIDENCE);
    double edge = Math.pow((1 - CONFIDENCE) / 2, 1.0 / n);
    double lower = interval == null ? (alarms == 0 ? 0 : edge) : interval.getLowerBound();
    double upper = interval == null ? (alarms == 0 ? 1 - edge : 1) : interval.getUpperBound();
    return new FalseAlarms((double) alarms / n, lower, upper);
  }
}
