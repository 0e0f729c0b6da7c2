package org.aand.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every pixel-level metric of a category, from one ranking of its pixels. */
public final class PixelMetrics {
  private PixelMetrics() {}

  /**
   * Pixel-level metrics, all images pooled.
   *
   * @param auroc see {@link Auroc}
   * @param averagePrecision see {@link AveragePrecision}
   * @param f1Max see {@link F1Max}
   * @param aupro see {@link Aupro}, to {@link Aupro#STANDARD_LIMIT}
   * @param strictAupro the same to {@link Aupro#STRICT_LIMIT}
   * @param regions the number of defect regions
   * @param defectivePixels how many pixels the masks mark
   * @param normalPixels all others
   */
  public record Result(
      double auroc,
      double averagePrecision,
      F1Max.Result f1Max,
      double aupro,
      double strictAupro,
      int regions,
      long defectivePixels,
      long normalPixels) {}

  /**
   * Ranks the pixels and computes every metric.
   *
   * @param maps one anomaly map an image, {@code [height, width]} row-major
   * @param masks one an image, {@code [height, width]}, not 0 where defective; null for an image
   *     without defect
   * @throws IllegalArgumentException if the shapes do not fit, a map holds NaN, or there are no
   *     defective or no normal pixels
   */
  public static Result of(
      List<float[]> maps, List<byte @Nullable []> masks, int width, int height) {
    return of(PixelRanking.of(maps, masks, width, height));
  }

  /**
   * Computes every metric from a ranking.
   *
   * @throws IllegalArgumentException if there are no defective or no normal pixels
   */
  public static Result of(PixelRanking pixels) {
    var ranking = pixels.ranking();
    return new Result(
        Auroc.of(ranking),
        AveragePrecision.of(ranking),
        F1Max.of(ranking),
        Aupro.of(pixels, Aupro.STANDARD_LIMIT),
        Aupro.of(pixels, Aupro.STRICT_LIMIT),
        pixels.regions(),
        ranking.defective(),
        ranking.normal());
  }
}
