package org.aand.api;

import java.util.OptionalDouble;
import org.aand.common.InputException;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;
import org.aand.detect.MapResize;
import org.aand.detect.Prediction;
import org.aand.drift.ImageTraits;

/**
 * What was found in one image. Immutable, except for the arrays it hands out.
 *
 * <p>It holds on to the decoded image, for the images that are drawn only when they are asked for:
 * three bytes a pixel.
 */
public final class Detection {
  /** Longest side of a heatmap in pixels unless another is asked for. */
  public static final int SHOWN = 768;

  private final RgbImage image;
  private final Preprocessing preprocessing;
  private final Prediction found;
  private final DecisionRule rule;
  private final DecisionRule.Decision decision;

  Detection(RgbImage image, Preprocessing preprocessing, Prediction found, DecisionRule rule) {
    this.image = image;
    this.preprocessing = preprocessing;
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
    return preprocessing.size();
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
    return ImageTraits.of(preprocessing.resize(image));
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
    if (longestSide < 1) {
      throw new IllegalArgumentException("a longest side of " + longestSide);
    }
    double factor = Math.min(1, (double) longestSide / Math.max(image.width(), image.height()));
    return Resize.BILINEAR.apply(
        image,
        Math.max(1, (int) Math.round(factor * image.width())),
        Math.max(1, (int) Math.round(factor * image.height())));
  }
}
