package org.aand.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.aand.report.Interval;
import org.aand.report.Metric;

/**
 * The table of metrics: a row for each metric, a column for each run.
 *
 * @param note how to read the differences between runs
 */
record MetricsView(List<String> runs, List<Row> rows, String note) {

  /** A metric with its cell for each run. */
  record Row(String label, String description, List<Cell> cells) {}

  /**
   * @param value the metric, or a dash where not computed or undefined
   * @param interval its confidence interval, or empty
   */
  record Cell(String value, String interval) {}

  static MetricsView of(List<Report.Run> runs) {
    var rows = new ArrayList<Row>();
    for (Metric metric : Metric.values()) {
      rows.add(
          new Row(
              metric.label(),
              metric.description(),
              runs.stream().map(run -> cell(run, metric)).toList()));
    }
    for (String key : otherKeys(runs)) {
      rows.add(new Row(key, "", runs.stream().map(run -> other(run, key)).toList()));
    }
    return new MetricsView(runs.stream().map(Report.Run::name).toList(), rows, note(runs));
  }

  private static Cell cell(Report.Run run, Metric metric) {
    Interval interval = run.result().confidenceIntervals().get(metric.key());
    return new Cell(
        HeadlineView.value(run.result(), metric),
        interval == null ? "" : HeadlineView.ends(interval));
  }

  private static LinkedHashSet<String> otherKeys(List<Report.Run> runs) {
    var keys = new LinkedHashSet<String>();
    runs.forEach(run -> keys.addAll(run.result().metrics().keySet()));
    Arrays.stream(Metric.values()).map(Metric::key).forEach(keys::remove);
    return keys;
  }

  private static Cell other(Report.Run run, String key) {
    Double value = run.result().metrics().get(key);
    return new Cell(value == null ? "–" : Numbers.metric(value), "");
  }

  private static String note(List<Report.Run> runs) {
    String protocols =
        runs.stream()
            .map(run -> run.result().chosenBy())
            .distinct()
            .collect(Collectors.joining("; "));
    String how =
        runs.stream()
            .flatMap(run -> run.result().confidenceIntervals().values().stream())
            .map(interval -> HeadlineView.level(interval) + ", " + interval.how())
            .distinct()
            .collect(Collectors.joining("; "));
    return "All metrics lie between 0 and 1; more is better. Protocol: "
        + protocols
        + "."
        + (how.isEmpty() ? "" : " Ranges under values: " + how + ".")
        + (runs.size() > 1
            ? " Each column is a single run with one seed; a small difference between columns is"
                + " no evidence that one method is better."
            : "");
  }
}
