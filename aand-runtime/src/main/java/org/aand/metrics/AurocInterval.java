package org.aand.metrics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * AUROC of one test set with a confidence interval, by DeLong's variance.
 *
 * <p>Every item has a placement: the share of the other class that it is ranked against correctly,
 * ties counting half. The variance of the AUROC is the sample variance of the defective items'
 * placements over their number plus that of the normal items over theirs; the interval is the
 * normal one, cut to [0, 1].
 *
 * <p>The items must be independent of each other: images, not the pixels of an image. A perfect
 * ranking (or a perfectly inverted one) has variance 0 and the interval shrinks to a point, which
 * says that this estimate has come to its end, not that there is no doubt.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson. Comparing the areas under two or more
 *       correlated receiver operating characteristic curves: a nonparametric approach. Biometrics
 *       44, 1988.
 * </ol>
 */
public final class AurocInterval {
  private AurocInterval() {}

  /**
   * An AUROC and its interval.
   *
   * @param auroc equal to {@link Auroc}
   * @param standardError square root of DeLong's variance
   * @param lower in [0, auroc]
   * @param upper in [auroc, 1]
   * @param confidence the probability with which such intervals hold the true value
   */
  public record Result(
      double auroc, double standardError, double lower, double upper, double confidence) {}

  /**
   * The interval of scored items.
   *
   * @param confidence in (0, 1), for instance 0.95
   * @throws IllegalArgumentException if there are fewer than two items of a class, a score is NaN,
   *     the lengths differ, or the confidence is out of range
   */
  public static Result of(float[] scores, boolean[] isDefective, double confidence) {
    Labels.require(scores, isDefective);
    Confidence.require(confidence);
    float[] defective = sorted(scores, isDefective, true);
    float[] normal = sorted(scores, isDefective, false);
    if (defective.length < 2 || normal.length < 2) {
      throw new IllegalArgumentException(
          "an AUROC interval needs at least 2 items of each class; there are "
              + defective.length
              + " defective and "
              + normal.length
              + " normal ones");
    }
    // The normal items' placements are 1 minus these, with the same variance.
    double variance =
        StatUtils.variance(shareBelow(defective, normal)) / defective.length
            + StatUtils.variance(shareBelow(normal, defective)) / normal.length;
    double auroc = Auroc.of(scores, isDefective);
    double standardError = Math.sqrt(variance);
    double reach =
        new NormalDistribution().inverseCumulativeProbability((1 + confidence) / 2) * standardError;
    return new Result(
        auroc, standardError, Math.max(0, auroc - reach), Math.min(1, auroc + reach), confidence);
  }

  private static float[] sorted(float[] scores, boolean[] isDefective, boolean label) {
    float[] chosen = new float[Labels.count(isDefective, label)];
    int next = 0;
    for (int i = 0; i < scores.length; i++) {
      if (isDefective[i] == label) {
        chosen[next++] = scores[i] + 0.0f; // the sort tells -0 from 0, scores do not
      }
    }
    Arrays.sort(chosen);
    return chosen;
  }

  /** For each item the share of the others below it, equal ones counting half; both ascending. */
  private static double[] shareBelow(float[] items, float[] others) {
    double[] share = new double[items.length];
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < items.length; i++) {
      while (below < others.length && others[below] < items[i]) {
        below++;
      }
      while (notAbove < others.length && others[notAbove] <= items[i]) {
        notAbove++;
      }
      share[i] = (below + notAbove) / (2.0 * others.length);
    }
    return share;
  }
}
