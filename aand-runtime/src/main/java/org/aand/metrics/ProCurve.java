package org.aand.metrics;

/**
 * The per-region-overlap curve whose area is {@link Aupro}, thinned for plotting.
 *
 * <p>Points run from (0, 0) to (1, 1), over all false-positive rates; where to stop is the plot's
 * choice. The area below the thinned points up to any limit differs from the full curve's by less
 * than the bound.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>P. Bergmann, K. Batzner, M. Fauser, D. Sattlegger, C. Steger. The MVTec Anomaly Detection
 *       Dataset. International Journal of Computer Vision 129, 2021, section 5.
 * </ol>
 */
public final class ProCurve {
  private ProCurve() {}

  /**
   * The points of the curve.
   *
   * @param falsePositiveRate x, in [0, 1], one a point
   * @param overlap y, mean overlap of the regions, in [0, 1], one a point
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to a plot, never compared
  public record Result(double[] falsePositiveRate, double[] overlap) {}

  /**
   * The curve of ranked pixels with the bound of {@link RocCurve#STANDARD_AREA_BOUND}.
   *
   * @throws IllegalArgumentException if there is no region or no normal pixel
   */
  public static Result of(PixelRanking pixels) {
    return of(pixels, RocCurve.STANDARD_AREA_BOUND);
  }

  /**
   * The curve of ranked pixels.
   *
   * @param areaBound by how much thinning may change the area, greater than 0
   * @throws IllegalArgumentException if there is no region or no normal pixel, or the bound is not
   *     above 0
   */
  public static Result of(PixelRanking pixels, double areaBound) {
    var ranking = pixels.ranking();
    ranking.requireBothClasses("a PRO curve");
    var curve = new MonotoneCurve(2 * ranking.stops() + 2);
    curve.add(0, 0);
    double overlap = 0;
    for (int stop = 0; stop < ranking.stops(); stop++) {
      curve.add((double) ranking.normalAbove(stop) / ranking.normal(), overlap);
      overlap = pixels.overlap(stop);
      curve.add((double) ranking.normalAtLeast(stop) / ranking.normal(), overlap);
    }
    curve.add(1, overlap);
    var thinned = curve.thinned(areaBound);
    return new Result(thinned.xs(), thinned.ys());
  }
}
