package org.aand.metrics;

/**
 * The receiver operating characteristic, thinned for plotting.
 *
 * <p>Points run from (0, 0) to (1, 1), both coordinates never falling; tied scores are one straight
 * piece. The area below the thinned points differs from the AUROC by less than the bound, and there
 * are at most {@code 2 / areaBound + 3} of them.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. Fawcett. An introduction to ROC analysis. Pattern Recognition Letters 27, 2006.
 * </ol>
 */
public final class RocCurve {
  /** In a plot 500 dots high no point is off by more than one. */
  public static final double STANDARD_AREA_BOUND = 0.001;

  private RocCurve() {}

  /**
   * The points of the curve.
   *
   * @param falsePositiveRate x, in [0, 1], one a point
   * @param truePositiveRate y, in [0, 1], one a point
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to a plot, never compared
  public record Result(double[] falsePositiveRate, double[] truePositiveRate) {}

  /**
   * The curve of ranked items with the standard bound.
   *
   * @throws IllegalArgumentException if a class is missing
   */
  public static Result of(Ranking ranking) {
    return of(ranking, STANDARD_AREA_BOUND);
  }

  /**
   * The curve of ranked items.
   *
   * @param areaBound by how much thinning may change the area, greater than 0
   * @throws IllegalArgumentException if a class is missing or the bound is not above 0
   */
  public static Result of(Ranking ranking, double areaBound) {
    ranking.requireBothClasses("a ROC curve");
    var curve = new MonotoneCurve(2 * ranking.stops() + 2);
    curve.add(0, 0);
    double detected = 0;
    for (int stop = 0; stop < ranking.stops(); stop++) {
      curve.add((double) ranking.normalAbove(stop) / ranking.normal(), detected);
      detected = (double) ranking.defectiveAtLeast(stop) / ranking.defective();
      curve.add((double) ranking.normalAtLeast(stop) / ranking.normal(), detected);
    }
    curve.add(1, 1);
    var thinned = curve.thinned(areaBound);
    return new Result(thinned.xs(), thinned.ys());
  }
}
