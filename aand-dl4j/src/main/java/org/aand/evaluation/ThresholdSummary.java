package org.aand.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aand.api.DecisionRule;
import org.aand.api.Verdict;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationSummary;
import org.aand.calibration.FalseAlarms;
import org.aand.report.Interval;
import org.aand.report.ThresholdResult;

/** What a model's threshold does to a test set, as text for the report; nothing without one. */
public final class ThresholdSummary {
  private static final double SAME_SCORE = 1e-4;

  private ThresholdSummary() {}

  public static Map<String, String> describe(Evaluation evaluation, DecisionRule rule) {
    var text = new LinkedHashMap<String, String>();
    rule.calibration()
        .ifPresent(calibration -> text.putAll(CalibrationSummary.describe(calibration)));
    if (rule.threshold().isPresent()) {
      text.put(
          "normal images called anomalous",
          called(evaluation, rule, false) + " of " + count(evaluation, false));
      text.put(
          "defective images called anomalous",
          called(evaluation, rule, true) + " of " + count(evaluation, true));
    }
    return text;
  }

  /**
   * What the threshold promises and does, for the result; empty for an uncalibrated model.
   *
   * @param evaluation of the test images
   */
  static Optional<ThresholdResult> result(Evaluation evaluation, DecisionRule rule) {
    return rule.calibration().map(calibration -> result(evaluation, rule, calibration));
  }

  private static ThresholdResult result(
      Evaluation evaluation, DecisionRule rule, Calibration calibration) {
    var expected = calibration.expected();
    var scores = calibration.normalScores();
    boolean tried = !isHeldOut(evaluation, scores);
    return new ThresholdResult(
        rule.threshold().orElseThrow(),
        CalibrationSummary.basis(calibration),
        expected.expected(),
        new Interval(
            expected.lower(), expected.upper(), FalseAlarms.CONFIDENCE, "of held-out normals"),
        calibration.normals(),
        new ThresholdResult.Scores(
            scores.size(),
            scores.get(0),
            scores.get((scores.size() - 1) / 2),
            scores.get(scores.size() - 1)),
        called(evaluation, rule, true),
        count(evaluation, true),
        tried ? called(evaluation, rule, false) : 0,
        tried ? count(evaluation, false) : 0);
  }

  /**
   * Whether the images are those that the threshold was set by, which say nothing about it. Scores
   * are compared with some tolerance, since the size of a batch may change their last digits.
   */
  private static boolean isHeldOut(Evaluation evaluation, List<Float> heldOut) {
    var scores = evaluation.images().stream().map(Evaluation.Scored::score).sorted().toList();
    return count(evaluation, true) == 0
        && scores.size() == heldOut.size()
        && IntStream.range(0, scores.size())
            .allMatch(
                i ->
                    Math.abs(scores.get(i) - heldOut.get(i))
                        <= SAME_SCORE * Math.abs(heldOut.get(i)));
  }

  private static int called(Evaluation evaluation, DecisionRule rule, boolean defective) {
    return (int)
        evaluation.images().stream()
            .filter(i -> i.defective() == defective)
            .filter(i -> rule.decide(i.score()).verdict() == Verdict.ANOMALOUS)
            .count();
  }

  private static int count(Evaluation evaluation, boolean defective) {
    return (int) evaluation.images().stream().filter(i -> i.defective() == defective).count();
  }
}
