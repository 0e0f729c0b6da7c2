package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.common.heatmap.ColorScale;

/**
 * What the page of a detection service says before any image was processed.
 *
 * @param model which model it is, in a few words
 * @param threshold higher scores are anomalous; empty if nothing is decided
 * @param thresholdAbout what the threshold promises, in a sentence; may be empty
 * @param outlined whether regions are known
 * @param scale the colour scale of its heatmaps
 * @param results address of the model's results, as seen from the page, where people can review
 *     them; empty where they cannot
 */
public record ServicePage(
    String model,
    OptionalDouble threshold,
    String thresholdAbout,
    boolean outlined,
    ColorScale scale,
    Optional<String> results) {
  /**
   * @throws NullPointerException if something is missing
   */
  public ServicePage {
    requireNonNull(model, "model");
    requireNonNull(thresholdAbout, "thresholdAbout");
    requireNonNull(scale, "scale");
    requireNonNull(results, "results");
  }
}
