package org.aand.metrics;

/**
 * Area under the per-region-overlap curve, by the protocol of MVTec AD.
 *
 * <p>The regions are the 8-connected components of all masks of a category, each weighing the same
 * whatever its size. The curve is the mean overlap of the regions over the false-positive rate of
 * all normal pixels, at every distinct threshold (not at a fixed number of them); it is integrated
 * from 0 to exactly the limit, linearly interpolated there, and divided by the limit. In [0, 1].
 *
 * <p>Not to be confused with {@link Rd4adPro}.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>P. Bergmann, K. Batzner, M. Fauser, D. Sattlegger, C. Steger. The MVTec Anomaly Detection
 *       Dataset. International Journal of Computer Vision 129, 2021, section 5.
 *   <li>L. Heckler-Kram, J. Neudeck, U. Scheler, R. Koenig, C. Steger. The MVTec AD 2 Dataset:
 *       Advanced Scenarios for Unsupervised Anomaly Detection. arXiv:2503.21622, 2025.
 * </ol>
 */
public final class Aupro {
  /** The limit that papers report. */
  public static final double STANDARD_LIMIT = 0.3;

  /** The limit of MVTec AD 2, for few false positives. */
  public static final double STRICT_LIMIT = 0.05;

  private Aupro() {}

  /**
   * The AUPRO of ranked pixels.
   *
   * @param limit false-positive rate up to which the curve counts, in (0, 1]
   * @throws IllegalArgumentException if there is no region or no normal pixel, or the limit is out
   *     of range
   */
  public static double of(PixelRanking pixels, double limit) {
    pixels.ranking().requireBothClasses("AUPRO");
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException("AUPRO limit " + limit + " is not in (0, 1]");
    }
    var ranking = pixels.ranking();
    double end = limit * ranking.normal(); // the axis counts normal pixels, exactly
    var area = new CompensatedSum();
    double from = 0;
    double overlap = 0;
    for (int stop = 0; stop < ranking.stops() && from < end; stop++) {
      // normal pixels between two stops: the curve is flat
      double above = Math.min(end, (double) ranking.normalAbove(stop));
      area.add((above - from) * overlap);
      // pixels tied at the stop: a straight line, cut at the limit
      double atLeast = ranking.normalAtLeast(stop);
      double reached = pixels.overlap(stop);
      if (atLeast > above) {
        double cut = Math.min(end, atLeast);
        double atCut = overlap + (reached - overlap) * (cut - above) / (atLeast - above);
        area.add((cut - above) * (overlap + atCut) / 2);
      }
      from = atLeast;
      overlap = reached;
    }
    if (from < end) {
      area.add((end - from) * overlap);
    }
    return area.value() / end;
  }
}
