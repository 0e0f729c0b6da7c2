package org.aand.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every detection and localisation metric of one category.
 *
 * <p>The image metrics are absent where the test set lacks defective or normal images; the pixel
 * metrics are absent where no mask marks a defect. Pixel metrics are over the normal images and
 * those defective ones that have a mask.
 *
 * @param images number of test images
 * @param defectiveImages how many of them are defective
 * @param imageAuroc {@link Auroc} of the image scores
 * @param imageAp {@link AveragePrecision} of the image scores
 * @param imageF1Max {@link F1Max} of the image scores
 * @param imageF1Threshold image score at or above which an image is called defective for that F1
 * @param pixelImages number of images that the pixel metrics are over
 * @param regions number of defect regions in their masks, by 8-connectivity
 * @param pixelAuroc {@link Auroc} of their pixels
 * @param pixelAp {@link AveragePrecision} of their pixels
 * @param pixelF1Max {@link F1Max} of their pixels
 * @param pixelF1Threshold map value at or above which a pixel is called defective for that F1
 * @param aupro {@link Aupro} to a false-positive rate of {@link Aupro#STANDARD_LIMIT}
 * @param strictAupro {@link Aupro} to a false-positive rate of {@link Aupro#STRICT_LIMIT}
 * @param aupimo {@link Aupimo}; absent also where there is no normal image
 */
public record AnomalyMetrics(
    int images,
    int defectiveImages,
    OptionalDouble imageAuroc,
    OptionalDouble imageAp,
    OptionalDouble imageF1Max,
    OptionalDouble imageF1Threshold,
    int pixelImages,
    int regions,
    OptionalDouble pixelAuroc,
    OptionalDouble pixelAp,
    OptionalDouble pixelF1Max,
    OptionalDouble pixelF1Threshold,
    OptionalDouble aupro,
    OptionalDouble strictAupro,
    OptionalDouble aupimo) {

  /**
   * Evaluates one category.
   *
   * @param imageScores one score an image, greater for more anomalous
   * @param imageDefective whether each image is defective
   * @param maps one anomaly map an image, {@code [height, width]} row-major; or none at all, for
   *     image metrics alone
   * @param masks one an image, {@code [height, width]}, not 0 where defective; null for an image
   *     that has none (of a normal image it may be, of a defective one it leaves the image out of
   *     the pixel metrics)
   * @throws IllegalArgumentException if the lengths or shapes do not fit, a score or map is NaN, or
   *     the mask of a normal image marks a defect
   */
  public static AnomalyMetrics of(
      float[] imageScores,
      boolean[] imageDefective,
      List<float[]> maps,
      List<byte @Nullable []> masks,
      int width,
      int height) {
    var images = Ranking.of(imageScores, imageDefective);
    var pixelMaps = new ArrayList<float[]>();
    var pixelMasks = new ArrayList<byte @Nullable []>();
    if (!maps.isEmpty()) {
      if (maps.size() != imageScores.length) {
        throw new IllegalArgumentException(
            maps.size() + " anomaly maps for " + imageScores.length + " images");
      }
      MapShapes.requirePairs(maps, masks, width, height);
      for (int image = 0; image < imageScores.length; image++) {
        byte @Nullable [] mask = masks.get(image);
        if (mask != null && !imageDefective[image] && !isBlank(mask)) {
          throw new IllegalArgumentException(
              "image " + image + " is labelled normal but its mask marks a defect");
        }
        if (mask != null || !imageDefective[image]) {
          pixelMaps.add(maps.get(image));
          pixelMasks.add(mask);
        }
      }
    }
    var pixels = PixelRanking.of(pixelMaps, pixelMasks, width, height);
    return of(images, pixels, pixelMaps.size(), aupimo(imageDefective, maps, masks));
  }

  private static OptionalDouble aupimo(
      boolean[] imageDefective, List<float[]> maps, List<byte @Nullable []> masks) {
    var normal = new ArrayList<float[]>();
    var defective = new ArrayList<float[]>();
    var defects = new ArrayList<byte[]>();
    for (int image = 0; image < maps.size(); image++) {
      byte @Nullable [] mask = masks.get(image);
      if (!imageDefective[image]) {
        normal.add(maps.get(image));
      } else if (mask != null && !isBlank(mask)) {
        defective.add(maps.get(image));
        defects.add(mask);
      }
    }
    return normal.isEmpty() || defective.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Aupimo.of(normal, defective, defects));
  }

  /**
   * Puts the metrics of two rankings together.
   *
   * @param pixelImages number of images that the pixels are of
   */
  private static AnomalyMetrics of(
      Ranking images, PixelRanking pixels, int pixelImages, OptionalDouble aupimo) {
    Optional<Ranking> image = Optional.of(images).filter(Ranking::hasBothClasses);
    Optional<F1Max.Result> imageF1 = image.map(F1Max::of);
    Optional<PixelMetrics.Result> pixel =
        Optional.of(pixels).filter(p -> p.ranking().hasBothClasses()).map(PixelMetrics::of);
    return new AnomalyMetrics(
        Math.toIntExact(images.defective() + images.normal()),
        Math.toIntExact(images.defective()),
        present(image, Auroc::of),
        present(image, AveragePrecision::of),
        present(imageF1, F1Max.Result::f1),
        present(imageF1, F1Max.Result::threshold),
        pixelImages,
        pixels.regions(),
        present(pixel, PixelMetrics.Result::auroc),
        present(pixel, PixelMetrics.Result::averagePrecision),
        present(pixel, p -> p.f1Max().f1()),
        present(pixel, p -> p.f1Max().threshold()),
        present(pixel, PixelMetrics.Result::aupro),
        present(pixel, PixelMetrics.Result::strictAupro),
        aupimo);
  }

  private static <T> OptionalDouble present(Optional<T> source, ToDoubleFunction<T> metric) {
    return source.isPresent()
        ? OptionalDouble.of(metric.applyAsDouble(source.get()))
        : OptionalDouble.empty();
  }

  private static boolean isBlank(byte[] mask) {
    for (byte value : mask) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
