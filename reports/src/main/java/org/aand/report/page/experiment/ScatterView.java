package org.aand.report.page.experiment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aand.report.chart.Svg;
import org.aand.report.experiment.figure.Scatter;
import org.aand.report.experiment.figure.Scatter.Point;
import org.aand.report.experiment.published.Published;
import org.aand.report.page.Numbers;

/**
 * Drawings of points in the plane, without axes: their coordinates have no meaning of their own.
 *
 * @param panels the drawings, side by side
 */
record ScatterView(String heading, List<Panel> panels, String caption) {
  private static final double SIZE = 300;
  private static final double MARGIN = 10;

  /**
   * One drawing.
   *
   * @param normal the path of the dots of normal patches
   * @param abnormal the path of the crosses of abnormal patches
   * @param description what it shows, for readers who do not see it
   */
  record Panel(String title, String normal, String abnormal, String description) {}

  static ScatterView of(Scatter scatter) {
    String name =
        Published.datasetLabel(scatter.dataset())
            + " / "
            + scatter.category()
            + ", level "
            + scatter.level();
    return new ScatterView(
        name,
        scatter.panels().stream().map(panel -> panel(name, panel)).toList(),
        "Features of patches in the plane by "
            + scatter.method()
            + ". Each drawing has a plane of its own, whose axes have no meaning.");
  }

  private static Panel panel(String name, Scatter.Panel panel) {
    List<Point> points = panel.points();
    double span = Math.max(span(points, Point::x), span(points, Point::y));
    double scale = span > 0 ? (SIZE - 2 * MARGIN) / span : 0;
    double centreX = centre(points, Point::x);
    double centreY = centre(points, Point::y);
    var normal = new StringBuilder();
    var abnormal = new StringBuilder();
    long crosses = 0;
    for (Point point : points) {
      double x = SIZE / 2 + scale * (point.x() - centreX);
      double y = SIZE / 2 - scale * (point.y() - centreY);
      if (point.abnormal()) {
        crosses++;
        abnormal.append('M').append(Svg.number(x - 2.5)).append(' ').append(Svg.number(y - 2.5));
        abnormal.append("l5 5m-5 0l5-5");
      } else {
        normal.append('M').append(Svg.number(x)).append(' ').append(Svg.number(y)).append("h0");
      }
    }
    return new Panel(
        panel.title(),
        normal.toString(),
        abnormal.toString(),
        name
            + ", "
            + panel.title()
            + ": "
            + Numbers.count((int) (points.size() - crosses), "normal patch", "normal patches")
            + " and "
            + Numbers.count((int) crosses, "abnormal patch", "abnormal patches"));
  }

  private static double span(List<Point> points, ToDoubleFunction<Point> coordinate) {
    return points.isEmpty() ? 0 : max(points, coordinate) - min(points, coordinate);
  }

  private static double centre(List<Point> points, ToDoubleFunction<Point> coordinate) {
    return points.isEmpty() ? 0 : (max(points, coordinate) + min(points, coordinate)) / 2;
  }

  private static double min(List<Point> points, ToDoubleFunction<Point> coordinate) {
    return points.stream().mapToDouble(coordinate).min().orElseThrow();
  }

  private static double max(List<Point> points, ToDoubleFunction<Point> coordinate) {
    return points.stream().mapToDouble(coordinate).max().orElseThrow();
  }
}
