package org.aand.metrics;

/**
 * Average precision, step definition: the sum over thresholds of precision times the gain in
 * recall, without interpolation between them. In (0, 1]; a score that knows nothing gets about the
 * share of defective items.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>scikit-learn, {@code sklearn.metrics.average_precision_score}: the same definition.
 * </ol>
 */
public final class AveragePrecision {
  private AveragePrecision() {}

  /**
   * The average precision of scored items.
   *
   * @throws IllegalArgumentException if a class is missing, a score is NaN, or the lengths differ
   */
  public static double of(float[] scores, boolean[] isDefective) {
    return of(Ranking.of(scores, isDefective));
  }

  /**
   * The average precision of ranked items.
   *
   * @throws IllegalArgumentException if a class is missing
   */
  public static double of(Ranking ranking) {
    ranking.requireBothClasses("average precision");
    var sum = new CompensatedSum();
    long detected = 0;
    for (int stop = 0; stop < ranking.stops(); stop++) {
      long now = ranking.defectiveAtLeast(stop);
      double precision = (double) now / (now + ranking.normalAtLeast(stop));
      sum.add((now - detected) * precision);
      detected = now;
    }
    return sum.value() / ranking.defective();
  }
}
