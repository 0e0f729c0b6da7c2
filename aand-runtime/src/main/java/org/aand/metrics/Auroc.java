package org.aand.metrics;

/**
 * Area under the receiver operating characteristic: the probability that a defective item scores
 * above a normal one, ties counting half.
 *
 * <p>Counted in integers, so equal to the trapezoidal area under the ROC curve with tied scores
 * merged into one point, without its rounding. In [0, 1], 0.5 for a score that knows nothing.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. Fawcett. An introduction to ROC analysis. Pattern Recognition Letters 27, 2006.
 * </ol>
 */
public final class Auroc {
  private Auroc() {}

  /**
   * The AUROC of scored items.
   *
   * @throws IllegalArgumentException if a class is missing, a score is NaN, or the lengths differ
   */
  public static double of(float[] scores, boolean[] isDefective) {
    return of(Ranking.of(scores, isDefective));
  }

  /**
   * The AUROC of ranked items.
   *
   * @throws IllegalArgumentException if a class is missing
   */
  public static double of(Ranking ranking) {
    ranking.requireBothClasses("AUROC");
    long twiceLost = 0; // pairs in which the normal item scores above (2) or as high (1)
    long detected = 0;
    for (int stop = 0; stop < ranking.stops(); stop++) {
      long here = ranking.defectiveAtLeast(stop) - detected;
      twiceLost += here * (ranking.normalAbove(stop) + ranking.normalAtLeast(stop));
      detected = ranking.defectiveAtLeast(stop);
    }
    long twicePairs = 2 * Math.multiplyExact(ranking.defective(), ranking.normal());
    return (double) (twicePairs - twiceLost) / twicePairs;
  }
}
