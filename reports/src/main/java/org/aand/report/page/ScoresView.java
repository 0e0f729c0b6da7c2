package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import org.aand.report.Metric;
import org.aand.report.chart.Axis;
import org.aand.report.chart.RocPlot;
import org.aand.report.chart.Svg;
import org.jspecify.annotations.Nullable;

/**
 * The charts of image scores.
 *
 * @param roc {@code null} when no run has both normal and defective images
 * @param curves the ROC curve of each run that has one
 */
record ScoresView(
    @Nullable Plot roc, List<Curve> curves, String rocCaption, List<HistogramView> histograms) {

  /**
   * A run's ROC curve.
   *
   * @param series its colour class
   * @param area its image AUROC
   * @param x where the threshold with the best F1 lies
   */
  record Curve(
      String name, String series, String area, String path, String x, String y, String label) {}

  static @Nullable ScoresView of(List<Report.Run> runs) {
    var scored = runs.stream().filter(run -> !run.result().images().isEmpty()).toList();
    if (scored.isEmpty()) {
      return null;
    }
    var plot =
        new Plot(
            340,
            300,
            Axis.rounded(0, 1, 52, 300, 5),
            Axis.rounded(0, 1, 258, 10, 5),
            "share of normal images flagged",
            "share of defective images flagged",
            "ROC curve of image scores");
    var curves = new ArrayList<Curve>();
    for (int i = 0; i < runs.size(); i++) {
      var roc = RocPlot.of(runs.get(i).result().images());
      if (roc.hasBothClasses()) {
        curves.add(curve(runs.get(i), Series.run(i), roc, plot));
      }
    }
    return new ScoresView(
        curves.isEmpty() ? null : plot,
        curves,
        "ROC curve over test images; the closer to the upper left corner the better, the dotted"
            + " diagonal is guessing. Dots: threshold with the best F1.",
        scored.stream().map(HistogramView::of).toList());
  }

  private static Curve curve(Report.Run run, String series, RocPlot roc, Plot plot) {
    int n = roc.points().size() + 1;
    var x = new double[n];
    var y = new double[n];
    x[0] = plot.x().at(0);
    y[0] = plot.y().at(0);
    for (int i = 1; i < n; i++) {
      var point = roc.points().get(i - 1);
      x[i] = plot.x().at(roc.falsePositiveRate(point));
      y[i] = plot.y().at(roc.truePositiveRate(point));
    }
    var best = roc.bestF1();
    double falseAlarms = roc.falsePositiveRate(best);
    double found = roc.truePositiveRate(best);
    return new Curve(
        run.name(),
        series,
        HeadlineView.value(run.result(), Metric.IMAGE_AUROC),
        Svg.path(x, y),
        plot.x().svg(falseAlarms),
        plot.y().svg(found),
        run.name()
            + ": flags "
            + Numbers.percent(found)
            + " of defective and "
            + Numbers.percent(falseAlarms)
            + " of normal images");
  }
}
