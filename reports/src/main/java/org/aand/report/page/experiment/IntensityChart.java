package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.IntensityCurve.Band;
import org.aand.report.experiment.figure.IntensityCurve.Point;
import org.aand.report.experiment.published.Published;
import org.aand.report.page.Numbers;
import org.aand.report.page.Plot;

/** The residual intensity of one level over the epochs, on normal and on abnormal patches. */
final class IntensityChart {
  private IntensityChart() {}

  /** The chart of a curve with at least one point. */
  static ChartView of(IntensityCurve curve) {
    List<Point> points = curve.points();
    double low = 0;
    double high = 0;
    for (Point point : points) {
      for (Band band : List.of(point.normal(), point.abnormal())) {
        low = Math.min(low, Math.min(band.low(), band.mean()));
        high = Math.max(high, Math.max(band.high(), band.mean()));
      }
    }
    int first = points.get(0).epoch();
    int last = points.get(points.size() - 1).epoch();
    String name =
        Published.datasetLabel(curve.dataset())
            + " / "
            + curve.category()
            + ", level "
            + curve.level();
    var plot =
        new Plot(
            340,
            210,
            Axis.whole(first, last, 52, 330, 8),
            Axis.rounded(low, high, 172, 10, 5),
            "epoch of stage 1",
            "",
            "Residual intensity on normal and abnormal patches, "
                + name
                + ", epochs "
                + first
                + " to "
                + last);
    return new ChartView(
        name,
        plot,
        List.of(
            line("normal patches", "good", plot, points, Point::normal),
            line("abnormal patches", "defective", plot, points, Point::abnormal)),
        "",
        "Intensity of the residuals: mean, and around it " + curve.spread() + ".");
  }

  private static ChartView.Line line(
      String name, String series, Plot plot, List<Point> points, Function<Point, Band> band) {
    var x = new double[points.size()];
    var y = new double[points.size()];
    var edge = new ArrayList<String>();
    var back = new ArrayList<String>();
    var dots = new ArrayList<ChartView.Dot>();
    for (int i = 0; i < x.length; i++) {
      Point point = points.get(i);
      Band value = band.apply(point);
      x[i] = plot.x().at(point.epoch());
      y[i] = plot.y().at(value.mean());
      edge.add(Svg.number(x[i]) + " " + plot.y().svg(value.high()));
      back.add(Svg.number(x[i]) + " " + plot.y().svg(value.low()));
      String label =
          name + ", epoch " + point.epoch() + ": " + Numbers.significant(value.mean(), 4);
      dots.add(new ChartView.Dot(Svg.number(x[i]), Svg.number(y[i]), "", "", label));
    }
    Collections.reverse(back);
    edge.addAll(back);
    return new ChartView.Line(
        name, series, Svg.path(x, y), "M" + String.join("L", edge) + "Z", dots);
  }
}
