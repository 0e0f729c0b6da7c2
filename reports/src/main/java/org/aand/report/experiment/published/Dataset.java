package org.aand.report.experiment.published;

import java.util.List;

/**
 * A data set of the paper.
 *
 * @param key its key in cells, such as "mvtec"
 * @param label its name for people
 * @param categories all its categories: a mean over fewer is not comparable with the paper's
 */
public record Dataset(String key, String label, List<String> categories) {
  /** Copies the categories. */
  public Dataset {
    categories = List.copyOf(categories);
  }
}
