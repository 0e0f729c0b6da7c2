package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import org.aand.report.Interval;
import org.aand.report.Metric;
import org.aand.report.RunResult;
import org.aand.report.ThresholdResult;

/**
 * What one run comes down to, in large numerals: what its model's own threshold does, where it has
 * one, then the three metrics of the paper's tables.
 *
 * @param series the run's colour class
 * @param about method and protocol in one line
 */
record HeadlineView(String name, String series, String about, List<Item> items) {

  /**
   * @param value the metric, or a dash
   * @param interval its confidence interval, or empty
   */
  record Item(String label, String value, String interval) {}

  private static final List<Metric> SHOWN =
      List.of(Metric.IMAGE_AUROC, Metric.PIXEL_AUROC, Metric.AUPRO);

  static List<HeadlineView> of(List<Report.Run> runs) {
    var views = new ArrayList<HeadlineView>();
    for (int i = 0; i < runs.size(); i++) {
      RunResult result = runs.get(i).result();
      views.add(
          new HeadlineView(
              runs.get(i).name(),
              Series.run(i),
              result.backbone() + ", " + result.chosenBy(),
              items(result)));
    }
    return views;
  }

  private static List<Item> items(RunResult result) {
    var items = new ArrayList<Item>();
    var threshold = result.threshold();
    if (threshold != null) {
      items.addAll(ofThreshold(threshold));
    }
    for (var metric : SHOWN) {
      // Beside a threshold a dash says nothing; without one it says what cannot be said.
      if (threshold == null || result.metric(metric).isPresent()) {
        items.add(item(result, metric));
      }
    }
    return items;
  }

  private static List<Item> ofThreshold(ThresholdResult result) {
    var expected = result.falseAlarmInterval();
    var expectation =
        Numbers.percent(result.falseAlarmRate())
            + " expected, "
            + level(expected)
            + " interval "
            + Numbers.percent(expected.lower())
            + " to "
            + Numbers.percent(expected.upper());
    var items = new ArrayList<Item>();
    if (result.defective() > 0) {
      items.add(new Item("Defects found", result.defectsFound() + " of " + result.defective(), ""));
    }
    if (result.normal() > 0) {
      items.add(
          new Item("False alarms", result.falseAlarms() + " of " + result.normal(), expectation));
    }
    items.add(
        new Item(
            "Threshold",
            Numbers.significant(result.threshold(), 4),
            result.normal() > 0 ? "" : "false alarms: " + expectation));
    return items;
  }

  private static Item item(RunResult result, Metric metric) {
    return new Item(metric.label(), value(result, metric), interval(result, metric));
  }

  static String value(RunResult result, Metric metric) {
    var value = result.metric(metric);
    return value.isEmpty() ? "–" : Numbers.metric(value.getAsDouble());
  }

  private static String interval(RunResult result, Metric metric) {
    Interval interval = result.confidenceIntervals().get(metric.key());
    return interval == null ? "" : level(interval) + " interval " + ends(interval);
  }

  static String level(Interval interval) {
    return Numbers.significant(100 * interval.level(), 3) + "%";
  }

  static String ends(Interval interval) {
    return Numbers.metric(interval.lower()) + "–" + Numbers.metric(interval.upper());
  }
}
