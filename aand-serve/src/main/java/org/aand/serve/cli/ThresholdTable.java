package org.aand.serve.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.aand.api.ReviewRun;
import org.aand.calibration.Calibration;

/** What thresholds cost and catch on reviewed images, in lines for people. */
final class ThresholdTable {
  private static final String ROW = "  %-14s %-18s %-18s %s";

  private ThresholdTable() {}

  static List<String> lines(ReviewRun.Result result) {
    var costs = result.costs();
    var words = new TreeMap<Float, List<String>>();
    result.before().ifPresent(t -> say(words, t, "today"));
    costs.bestF1().ifPresent(t -> say(words, t, "best F1"));
    result.calibration().map(Calibration::threshold).ifPresent(t -> say(words, t, "set"));
    int normal = costs.normal().size();
    int defective = costs.defective().size();
    var lines = new ArrayList<String>();
    lines.add(row("threshold", "false alarms", "defects caught", ""));
    for (var row : costs.rows(words.keySet())) {
      lines.add(
          row(
              Float.toString(row.threshold()),
              share(row.falseAlarms(), normal),
              share(row.caught(), defective),
              String.join(", ", words.getOrDefault(row.threshold(), List.of()))));
    }
    missing(normal, "normal", "false alarms a threshold costs").ifPresent(lines::add);
    missing(defective, "defective", "defects a threshold catches").ifPresent(lines::add);
    return lines;
  }

  private static void say(TreeMap<Float, List<String>> words, float threshold, String what) {
    words.computeIfAbsent(threshold, t -> new ArrayList<>()).add(what);
  }

  private static String share(int count, int all) {
    return all == 0 ? "-" : count + " of " + all;
  }

  private static Optional<String> missing(int images, String kind, String unknown) {
    return images > 0
        ? Optional.empty()
        : Optional.of(
            "  No " + kind + " image is reviewed: how many " + unknown + " is not known.");
  }

  private static String row(String threshold, String falseAlarms, String caught, String words) {
    return String.format(Locale.ROOT, ROW, threshold, falseAlarms, caught, words).stripTrailing();
  }
}
