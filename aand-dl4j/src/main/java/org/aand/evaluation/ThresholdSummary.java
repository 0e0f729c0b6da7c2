package org.aand.evaluation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.aand.api.DecisionRule;
import org.aand.api.Verdict;
import org.aand.calibration.Calibration;
import org.aand.calibration.FalseAlarms;

/** What a model's threshold does to a test set, as text for the report; nothing without one. */
public final class ThresholdSummary {
  private ThresholdSummary() {}

  public static Map<String, String> describe(Evaluation evaluation, DecisionRule rule) {
    var text = new LinkedHashMap<String, String>();
    rule.calibration().ifPresent(calibration -> text.putAll(describe(calibration)));
    if (rule.threshold().isPresent()) {
      text.put("good images called anomalous", called(evaluation, rule, false));
      text.put("defective images called anomalous", called(evaluation, rule, true));
    }
    return text;
  }

  /** The calibration in words. */
  public static Map<String, String> describe(Calibration calibration) {
    var text = new LinkedHashMap<String, String>();
    var expected = calibration.expected();
    text.put("threshold", Float.toString(calibration.threshold()));
    text.put("threshold by", basis(calibration));
    text.put(
        "expected false-alarm rate",
        String.format(
            Locale.ROOT,
            "%.1f %% (%.0f %% interval %.1f to %.1f %%)",
            100 * expected.expected(),
            100 * FalseAlarms.CONFIDENCE,
            100 * expected.lower(),
            100 * expected.upper()));
    text.put("held-out normals", calibration.normals());
    return text;
  }

  private static String basis(Calibration calibration) {
    return switch (calibration.basis()) {
      case QUANTILE ->
          "the quantile of the held-out normals for a false-alarm rate of "
              + calibration.falseAlarmRate();
      case F1 -> "the best F1 on labelled images";
      case USER -> "the user's choice";
    };
  }

  private static String called(Evaluation evaluation, DecisionRule rule, boolean defective) {
    var images = evaluation.images().stream().filter(i -> i.defective() == defective).toList();
    long called =
        images.stream().filter(i -> rule.decide(i.score()).verdict() == Verdict.ANOMALOUS).count();
    return called + " of " + images.size();
  }
}
