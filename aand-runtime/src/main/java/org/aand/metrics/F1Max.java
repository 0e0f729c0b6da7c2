package org.aand.metrics;

/**
 * The greatest F1 over all thresholds, and the threshold that gives it.
 *
 * <p>An item is called defective when its score is at or above the threshold. F1 is computed as
 * {@code 2 P R / (P + R)} in doubles from the exact counts, as the released evaluation does from
 * scikit-learn's precision-recall curve; of thresholds with the same F1 the lowest wins. The
 * threshold is always the score of some defective item: between two of them precision only falls.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>scikit-learn, {@code sklearn.metrics.precision_recall_curve}.
 * </ol>
 */
public final class F1Max {
  private F1Max() {}

  /**
   * The best operating point by F1.
   *
   * @param f1 in (0, 1]
   * @param threshold the lowest score that is called defective
   * @param precision share of the called items that are defective
   * @param recall share of the defective items that are called
   * @param falsePositiveRate share of the normal items strictly above the threshold (as the
   *     released evaluation prints it)
   * @param falseNegativeRate share of the defective items strictly below the threshold
   */
  public record Result(
      double f1,
      float threshold,
      double precision,
      double recall,
      double falsePositiveRate,
      double falseNegativeRate) {}

  /**
   * The best F1 of scored items.
   *
   * @throws IllegalArgumentException if a class is missing, a score is NaN, or the lengths differ
   */
  public static Result of(float[] scores, boolean[] isDefective) {
    return of(Ranking.of(scores, isDefective));
  }

  /**
   * The best F1 of ranked items.
   *
   * @throws IllegalArgumentException if a class is missing
   */
  public static Result of(Ranking ranking) {
    ranking.requireBothClasses("F1-max");
    int best = 0;
    double bestF1 = f1(ranking, 0);
    for (int stop = 1; stop < ranking.stops(); stop++) {
      double f1 = f1(ranking, stop);
      if (f1 >= bestF1) {
        best = stop;
        bestF1 = f1;
      }
    }
    return new Result(
        bestF1,
        ranking.score(best),
        precision(ranking, best),
        recall(ranking, best),
        (double) ranking.normalAbove(best) / ranking.normal(),
        (double) (ranking.defective() - ranking.defectiveAtLeast(best)) / ranking.defective());
  }

  private static double f1(Ranking ranking, int stop) {
    double precision = precision(ranking, stop);
    double recall = recall(ranking, stop);
    return 2 * precision * recall / (precision + recall);
  }

  private static double precision(Ranking ranking, int stop) {
    long detected = ranking.defectiveAtLeast(stop);
    return (double) detected / (detected + ranking.normalAtLeast(stop));
  }

  private static double recall(Ranking ranking, int stop) {
    return (double) ranking.defectiveAtLeast(stop) / ranking.defective();
  }
}
