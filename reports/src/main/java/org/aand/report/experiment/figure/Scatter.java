package org.aand.report.experiment.figure;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Features of normal and abnormal patches in the plane, before and after amplification (Fig. 6).
 *
 * @param dataset the data set's key
 * @param category the category in it
 * @param level the level of the feature pyramid, counted from 1
 * @param method what brought the features into the plane, such as "t-SNE, perplexity 30"
 * @param panels the drawings, side by side, each with axes of its own
 */
public record Scatter(String dataset, String category, int level, String method, List<Panel> panels)
    implements Figure {

  /**
   * One drawing.
   *
   * @param title such as "before amplification"
   * @param points its points, in the order of drawing
   */
  public record Panel(String title, List<Point> points) {
    /**
     * @throws IllegalArgumentException if a coordinate is not finite
     */
    public Panel {
      requireNonNull(title, "title");
      points = List.copyOf(points);
      for (Point point : points) {
        if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
          throw new IllegalArgumentException("a point of " + title + " is at " + point);
        }
      }
    }
  }

  /**
   * One patch.
   *
   * @param x its first coordinate, without a unit
   * @param y its second coordinate, without a unit
   * @param abnormal whether it lies in a defect
   */
  public record Point(double x, double y, boolean abnormal) {}

  /** Copies the panels. */
  public Scatter {
    requireNonNull(dataset, "dataset");
    requireNonNull(category, "category");
    requireNonNull(method, "method");
    panels = List.copyOf(panels);
  }
}
