package org.aand.report.page.experiment;

import java.util.List;
import org.aand.report.page.Plot;

/**
 * A chart of lines: with a spread around each, or with error bars at its points.
 *
 * @param heading what it shows
 * @param lines its lines
 * @param marker where the paper's setting lies on the horizontal axis; empty if nowhere
 * @param caption what a reader needs to read it
 */
record ChartView(String heading, Plot plot, List<Line> lines, String marker, String caption) {
  /**
   * A line.
   *
   * @param name its name; empty if it is the only one
   * @param series its colour class
   * @param path the path of the line
   * @param spread the path of the area around it, or empty
   * @param dots its points
   */
  record Line(String name, String series, String path, String spread, List<Dot> dots) {}

  /**
   * A point.
   *
   * @param low the lower end of its error bar, empty if there is none
   * @param high the upper end
   * @param label its values in words
   */
  record Dot(String x, String y, String low, String high, String label) {}
}
