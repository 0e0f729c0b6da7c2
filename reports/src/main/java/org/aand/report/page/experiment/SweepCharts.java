package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.report.Metric;
import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;
import org.aand.report.experiment.figure.Sweep;
import org.aand.report.experiment.published.Published;
import org.aand.report.experiment.published.SweptSetting;
import org.aand.report.page.Numbers;
import org.aand.report.page.Plot;

/** A chart for each metric of a sweep, in percent; the swept values stand at equal distances. */
final class SweepCharts {
  private static final double LEFT = 52;
  private static final double RIGHT = 330;

  private SweepCharts() {}

  static List<ChartView> of(Sweep sweep) {
    Optional<SweptSetting> setting =
        Published.sweptSettings().stream()
            .filter(s -> s.experiment().equals(sweep.experiment()))
            .findFirst();
    return sweep.curves().stream()
        .filter(curve -> !curve.points().isEmpty())
        .map(curve -> chart(sweep, curve, setting))
        .toList();
  }

  private static ChartView chart(Sweep sweep, Sweep.Curve curve, Optional<SweptSetting> setting) {
    List<Sweep.Point> points = curve.points();
    Axis x = ordinal(points);
    double low = points.stream().mapToDouble(p -> p.mean() - p.deviation()).min().orElseThrow();
    double high = points.stream().mapToDouble(p -> p.mean() + p.deviation()).max().orElseThrow();
    Axis y = Axis.rounded(100 * low, 100 * high, 172, 10, 5);
    String dataset = Published.datasetLabel(sweep.dataset());
    String axis = setting.map(SweptSetting::axis).orElse(sweep.experiment());
    var plot =
        new Plot(
            340, 210, x, y, axis, "", curve.metric().label() + " on " + dataset + " over " + axis);
    var dots = new ArrayList<ChartView.Dot>();
    var px = new double[points.size()];
    var py = new double[points.size()];
    for (int i = 0; i < px.length; i++) {
      Sweep.Point point = points.get(i);
      px[i] = x.at(i);
      py[i] = y.at(100 * point.mean());
      dots.add(dot(curve.metric(), axis, point, px[i], y));
    }
    var line = new ChartView.Line("", "c1", Svg.path(px, py), "", dots);
    return new ChartView(
        dataset + ", " + curve.metric().label() + " (%)",
        plot,
        List.of(line),
        setting.map(s -> marker(s, points, x)).orElse(""),
        caption(sweep, points, setting));
  }

  private static Axis ordinal(List<Sweep.Point> points) {
    double min = -0.3;
    double max = points.size() - 0.7;
    var ticks = new ArrayList<Axis.Tick>();
    for (int i = 0; i < points.size(); i++) {
      double at = LEFT + (i - min) / (max - min) * (RIGHT - LEFT);
      ticks.add(new Axis.Tick(Svg.number(at), Numbers.significant(points.get(i).value(), 9)));
    }
    return new Axis(min, max, LEFT, RIGHT, ticks);
  }

  private static ChartView.Dot dot(
      Metric metric, String axis, Sweep.Point point, double x, Axis y) {
    double mean = 100 * point.mean();
    double deviation = 100 * point.deviation();
    boolean bar = point.deviation() > 0;
    return new ChartView.Dot(
        Svg.number(x),
        y.svg(mean),
        bar ? y.svg(mean - deviation) : "",
        bar ? y.svg(mean + deviation) : "",
        Numbers.significant(point.value(), 9)
            + " "
            + axis
            + ": "
            + metric.label()
            + " "
            + Numbers.fixed(mean, 2)
            + "%"
            + (bar ? " ± " + Numbers.fixed(deviation, 2) : ""));
  }

  private static String marker(SweptSetting setting, List<Sweep.Point> points, Axis x) {
    for (int i = 0; i < points.size(); i++) {
      if (points.get(i).value() == setting.paperBest()) {
        return x.svg(i);
      }
    }
    return "";
  }

  private static String caption(
      Sweep sweep, List<Sweep.Point> points, Optional<SweptSetting> setting) {
    int seeds = points.stream().mapToInt(Sweep.Point::seeds).max().orElse(0);
    return "Measured, "
        + sweep.protocol().key()
        + "; mean over "
        + (sweep.categories().size() == 1
            ? sweep.categories().get(0)
            : Numbers.count(sweep.categories().size(), "category", "categories"))
        + (seeds > 1 ? " and " + seeds + " seeds, bars: deviation over seeds" : "")
        + "."
        + setting
            .map(
                s -> " Dashed: the paper's setting, " + Numbers.significant(s.paperBest(), 9) + ".")
            .orElse("");
  }
}
