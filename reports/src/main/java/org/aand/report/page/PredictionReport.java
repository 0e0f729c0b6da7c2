package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Jpeg;
import org.aand.common.heatmap.Png;
import org.aand.report.SkippedFile;

/**
 * Images that a model has processed, without knowing what is true of them.
 *
 * @param title the page's title, such as the folder's name
 * @param model which model it was, in a few words
 * @param threshold higher scores are anomalous; empty if nothing was decided
 * @param thresholdAbout what the threshold promises, in a sentence; may be empty
 * @param images all images with their scores, in any order
 * @param shown those of them that the page shows: the highest scores
 * @param skipped files that could not be used
 * @param scale the one colour scale with which all heatmaps were drawn
 */
public record PredictionReport(
    String title,
    String model,
    OptionalDouble threshold,
    String thresholdAbout,
    List<Scored> images,
    List<Shown> shown,
    List<SkippedFile> skipped,
    ColorScale scale) {

  /**
   * One image of all.
   *
   * @param file as the user named it
   * @param score the maximum of its anomaly map
   */
  public record Scored(String file, double score) {
    /**
     * @throws IllegalArgumentException if the score is not finite
     */
    public Scored {
      requireNonNull(file, "file");
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("the score of " + file + " is " + score);
      }
    }
  }

  /**
   * One image that is shown.
   *
   * @param percentile percentage of normal images that score lower, where they are known
   * @param image the image itself, reduced
   * @param heatmap its anomaly map in colour over the image in grey, of the same size
   * @param regions where it is anomalous; empty if the model has no pixel threshold
   */
  public record Shown(
      Scored scored,
      OptionalDouble percentile,
      Jpeg image,
      Jpeg heatmap,
      Optional<Regions> regions) {
    /**
     * @throws NullPointerException if something is missing
     */
    public Shown {
      requireNonNull(scored, "scored");
      requireNonNull(image, "image");
      requireNonNull(heatmap, "heatmap");
      requireNonNull(regions, "regions");
    }
  }

  /**
   * The regions of an image above the pixel threshold.
   *
   * @param outline their outlines on a transparent image of the size of the one that is shown
   * @param boxes where they are, the greatest peak first
   */
  public record Regions(Png outline, List<Box> boxes) {
    /** Copies the list. */
    public Regions {
      requireNonNull(outline, "outline");
      boxes = List.copyOf(boxes);
    }
  }

  /**
   * A region in pixels of the original image.
   *
   * @param x left edge
   * @param y upper edge
   * @param area number of its pixels
   * @param peak greatest value of the anomaly map in it
   */
  public record Box(int x, int y, int width, int height, int area, double peak) {}

  /** Copies the lists. */
  public PredictionReport {
    requireNonNull(title, "title");
    requireNonNull(model, "model");
    requireNonNull(thresholdAbout, "thresholdAbout");
    images = List.copyOf(images);
    shown = List.copyOf(shown);
    skipped = List.copyOf(skipped);
    requireNonNull(scale, "scale");
  }

  /** Whether a score is above the threshold; never where there is none. */
  boolean isAnomalous(Scored image) {
    return threshold.isPresent() && image.score() > threshold.getAsDouble();
  }
}
