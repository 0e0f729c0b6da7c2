package org.aand.api;

import java.util.List;
import java.util.OptionalDouble;
import org.aand.common.InputException;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;
import org.aand.detect.MapResize;
import org.aand.detect.Prediction;
import org.aand.drift.ImageTraits;
import org.jspecify.annotations.Nullable;

/**
 * What was found in one image. Immutable, except for the arrays it hands out; safe to use from
 * several threads.
 *
 * <p>It holds on to the decoded image, for the images that are drawn only when they are asked for:
 * three bytes a pixel.
 */
public final class Detection {
  /** Longest side of a heatmap in pixels unless another is asked for. */
  public static final int SHOWN = 768;

  /** An outline is a pixel wide for so many pixels of the image's longest side. */
  private static final float PIXELS_PER_LINE = 500;

  private final RgbImage image;
  private final RgbImage resized;
  private final Prediction found;
  private final DecisionRule rule;
  private final DecisionRule.Decision decision;
  private @Nullable RegionMap regionMap;

  Detection(RgbImage image, RgbImage resized, Prediction found, DecisionRule rule) {
    this.image = image;
    this.resized = resized;
    this.found = found;
    this.rule = rule;
    this.decision = rule.decide(found.score());
  }

  /** The image's score, by the model's rule; more is more anomalous. */
  public float score() {
    return decision.score();
  }

  /**
   * Which percentage of the normal images that the model was calibrated by score lower, in [0,
   * 100]; empty for an uncalibrated model.
   */
  public OptionalDouble percentile() {
    return decision.percentile();
  }

  /** The threshold that was decided by: higher scores are anomalous. */
  public OptionalDouble threshold() {
    return rule.threshold();
  }

  /** The decision. */
  public Verdict verdict() {
    return decision.verdict();
  }

  /**
   * Whether the image is anomalous.
   *
   * @throws InputException if nothing can be decided, because the model is not calibrated and no
   *     threshold was given
   */
  public boolean anomalous() {
    if (verdict() == Verdict.UNDECIDED) {
      throw new InputException(
          "the model is not calibrated, so nothing can be decided; run calibrate on it, or give a"
              + " threshold");
    }
    return verdict() == Verdict.ANOMALOUS;
  }

  /**
   * The pixel threshold that regions are found by: higher pixels of the map belong to one. Empty
   * where there is none, because the model was calibrated before there were any or not at all, and
   * none was given.
   */
  public OptionalDouble pixelThreshold() {
    return rule.pixelThreshold();
  }

  /**
   * The connected regions of {@link #mapAtImageSize} above the pixel threshold that are large
   * enough, the one with the greatest peak first; where defects probably are. They do not depend on
   * the verdict: of normal images a share of the pixels lies above by calibration.
   *
   * @throws InputException if there is no {@link #pixelThreshold}
   */
  public List<Region> regions() {
    return regionMap().regions();
  }

  /**
   * The regions' pixels as a PNG of the image's size in one channel: 255 in a region, 0 elsewhere.
   *
   * @throws InputException if there is no {@link #pixelThreshold}
   */
  public byte[] mask() {
    return Heatmap.mask(regionMap().mask(width(), height()), width(), height()).bytes();
  }

  /**
   * The image in its own size with the regions' outlines drawn on it, a PNG.
   *
   * @throws InputException if there is no {@link #pixelThreshold}
   */
  public byte[] overlay() {
    boolean[] mask = regionMap().mask(width(), height());
    int line = Math.max(1, Math.round(Math.max(width(), height()) / PIXELS_PER_LINE));
    return Heatmap.outlined(image.pixels(), mask, width(), height(), line).bytes();
  }

  /**
   * The regions' outlines on a transparent PNG, to be laid over {@link #thumbnail} or {@link
   * #heatmap} of the same longest side.
   *
   * @param longestSide in pixels, at least 1; smaller images keep their size
   * @throws InputException if there is no {@link #pixelThreshold}
   */
  public byte[] outline(int longestSide) {
    var shown = shownSize(longestSide);
    boolean[] mask = regionMap().mask(shown.width(), shown.height());
    return Heatmap.outline(mask, shown.width(), shown.height()).bytes();
  }

  private synchronized RegionMap regionMap() {
    var known = regionMap;
    if (known == null) {
      var threshold = pixelThreshold();
      if (threshold.isEmpty()) {
        throw new InputException(
            "the model has no pixel threshold, so no regions are known; calibrate it again by images"
                + " of normal parts, or give a pixel threshold");
      }
      known =
          RegionMap.of(
              found.map(),
              mapSize(),
              width(),
              height(),
              (float) threshold.getAsDouble(),
              rule.minimumArea().pixels(width(), height()));
      regionMap = known;
    }
    return known;
  }

  /** Width of the image in pixels. */
  public int width() {
    return image.width();
  }

  /** Height of the image in pixels. */
  public int height() {
    return image.height();
  }

  /** Height and width of the map as the network gives it. */
  public ImageSize mapSize() {
    return new ImageSize(resized.height(), resized.width());
  }

  /** The anomaly map, of {@link #mapSize} in row-major order. */
  public float[] map() {
    return found.map().clone();
  }

  /** The anomaly map at the image's own size, {@code [height, width]} in row-major order. */
  public float[] mapAtImageSize() {
    return MapResize.bilinear(found.map(), mapSize(), image.width(), image.height());
  }

  /** What is measured in the image, by which a {@link org.aand.drift.DriftMonitor} watches. */
  public ImageTraits traits() {
    return ImageTraits.of(resized);
  }

  /**
   * The map in colour over the image in grey, its longest side {@value #SHOWN} pixels at most; a
   * PNG.
   */
  public byte[] heatmap() {
    return heatmap(SHOWN);
  }

  /**
   * The map in colour over the image in grey, a PNG. All heatmaps of a model have one colour scale.
   *
   * @param longestSide in pixels, at least 1; smaller images keep their size
   */
  public byte[] heatmap(int longestSide) {
    var shown = reduced(longestSide);
    var map = MapResize.bilinear(found.map(), mapSize(), shown.width(), shown.height());
    return Heatmap.overlay(shown.pixels(), map, shown.width(), shown.height(), rule.heatmapScale())
        .bytes();
  }

  /**
   * The image itself, a PNG.
   *
   * @param longestSide in pixels, at least 1; smaller images keep their size
   */
  public byte[] thumbnail(int longestSide) {
    var shown = reduced(longestSide);
    return Heatmap.image(shown.pixels(), shown.width(), shown.height()).bytes();
  }

  private RgbImage reduced(int longestSide) {
    var size = shownSize(longestSide);
    return Resize.BILINEAR.apply(image, size.width(), size.height());
  }

  private ImageSize shownSize(int longestSide) {
    if (longestSide < 1) {
      throw new IllegalArgumentException("a longest side of " + longestSide);
    }
    double factor = Math.min(1, (double) longestSide / Math.max(image.width(), image.height()));
    return new ImageSize(
        Math.max(1, (int) Math.round(factor * image.height())),
        Math.max(1, (int) Math.round(factor * image.width())));
  }
}
