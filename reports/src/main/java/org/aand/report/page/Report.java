package org.aand.report.page;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.aand.common.heatmap.ColorScale;
import org.aand.report.RunResult;

/**
 * What a report shows: one or several runs side by side.
 *
 * @param title the page's title, such as "bottle"
 * @param runs the runs in the order to show them, at least one
 */
public record Report(String title, List<Run> runs) {

  /**
   * One run in a report.
   *
   * @param name its name in tables and charts, such as "AAND"; different for each run
   * @param result what it gave
   * @param gallery the test images to show; those without images are left out
   * @param examples the images of the gallery's images
   * @param scale the one colour scale with which all overlays of this run were drawn
   */
  public record Run(
      String name,
      RunResult result,
      Gallery gallery,
      List<ImageExample> examples,
      ColorScale scale) {
    /**
     * @throws NullPointerException if something is missing
     */
    public Run {
      requireNonNull(name, "name");
      requireNonNull(result, "result");
      requireNonNull(gallery, "gallery");
      examples = List.copyOf(examples);
      requireNonNull(scale, "scale");
    }
  }

  /**
   * @throws IllegalArgumentException if there is no run or two share a name
   */
  public Report {
    requireNonNull(title, "title");
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report needs a run");
    }
    if (runs.stream().map(Run::name).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("two runs in a report share a name");
    }
  }
}
