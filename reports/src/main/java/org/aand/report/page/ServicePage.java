package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import org.aand.common.heatmap.ColorScale;

/**
 * What the page of a detection service says before any image was processed.
 *
 * @param model the name of the model in the service's addresses
 * @param root the service's root as seen from the page, ending in a slash; empty if the page lies
 *     there itself
 * @param threshold higher scores are anomalous; empty if nothing is decided
 * @param thresholdAbout what the threshold promises, in a sentence; may be empty
 * @param outlined whether regions are known
 * @param scale the colour scale of its heatmaps
 * @param reviews whether the service remembers its last results, so that people can review them
 */
public record ServicePage(
    String model,
    String root,
    OptionalDouble threshold,
    String thresholdAbout,
    boolean outlined,
    ColorScale scale,
    boolean reviews) {
  /**
   * @throws NullPointerException if something is missing
   */
  public ServicePage {
    requireNonNull(model, "model");
    requireNonNull(root, "root");
    requireNonNull(thresholdAbout, "thresholdAbout");
    requireNonNull(scale, "scale");
  }
}
