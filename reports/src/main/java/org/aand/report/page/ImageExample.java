package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.jspecify.annotations.Nullable;

/**
 * The images of one test image. Its label, ground truth and score are those of the {@link
 * org.aand.report.ScoredImage} with the same file.
 *
 * @param file the image, as in the result's scores
 * @param image the image, see {@link Heatmap#image}
 * @param overlay its anomaly map in colour, see {@link Heatmap#overlay}
 * @param outline the outline of the true defect on a transparent image of the same size, see {@link
 *     Heatmap#outline}; {@code null} if there is none
 */
public record ImageExample(String file, Png image, Png overlay, @Nullable Png outline) {
  /**
   * @throws NullPointerException if something that may not be {@code null} is
   */
  public ImageExample {
    requireNonNull(file, "file");
    requireNonNull(image, "image");
    requireNonNull(overlay, "overlay");
  }
}
