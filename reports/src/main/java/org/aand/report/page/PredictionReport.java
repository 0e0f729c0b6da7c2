package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Jpeg;
import org.aand.report.SkippedFile;

/**
 * Images that a model has processed, without knowing what is true of them.
 *
 * @param title the page's title, such as the folder's name
 * @param model which model it was, in a few words
 * @param threshold higher scores are anomalous; empty if nothing was decided
 * @param thresholdAbout what the threshold promises, in a sentence; may be empty
 * @param scores the scores of all parts, in any order
 * @param shown the parts to show with their images: the highest scores
 * @param skipped files that could not be used
 * @param scale the one colour scale with which all heatmaps were drawn
 */
public record PredictionReport(
    String title,
    String model,
    OptionalDouble threshold,
    String thresholdAbout,
    List<Double> scores,
    List<Part> shown,
    List<SkippedFile> skipped,
    ColorScale scale) {

  /**
   * One part.
   *
   * @param file the image
   * @param score the maximum of its anomaly map
   * @param percentile percentage of normal images that score lower, where they are known
   * @param image the image
   * @param heatmap its anomaly map in colour over the image in grey, of the same size
   */
  public record Part(
      String file, double score, OptionalDouble percentile, Jpeg thumbnail, Jpeg heatmap) {
    /**
     * @throws IllegalArgumentException if the score is not finite
     */
    public Part {
      requireNonNull(file, "file");
      requireNonNull(thumbnail, "image");
      requireNonNull(heatmap, "heatmap");
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("the score of " + file + " is " + score);
      }
    }
  }

  /** Copies the lists. */
  public PredictionReport {
    requireNonNull(title, "title");
    requireNonNull(model, "model");
    requireNonNull(thresholdAbout, "thresholdAbout");
    scores = List.copyOf(scores);
    shown = List.copyOf(shown);
    skipped = List.copyOf(skipped);
    requireNonNull(scale, "scale");
  }
}
