package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aand.report.Interval;
import org.aand.report.Method;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.report.SampleRuns;
import org.aand.report.ScoredImage;
import org.aand.report.ThresholdResult;
import org.junit.jupiter.api.Test;

/** A calibrated model's page begins with what its own threshold does. */
class ThresholdHeadlineTest {
  private static ThresholdResult threshold(int found, int defective, int alarms, int normal) {
    return new ThresholdResult(
        0.4321,
        "the user's choice",
        0.05,
        new Interval(0.001, 0.104, 0.95, "of held-out normals"),
        "21 normal images held out of training",
        new ThresholdResult.Scores(21, 0.2, 0.3, 0.44),
        found,
        defective,
        alarms,
        normal);
  }

  private static Report.Run run(RunResult result) {
    return new Report.Run(
        "AAND",
        result,
        Gallery.choose(result.images(), 1),
        List.of(),
        new org.aand.common.heatmap.ColorScale(0, 1));
  }

  private static List<String> labels(RunResult result) {
    return HeadlineView.of(List.of(run(result))).get(0).items().stream()
        .map(f -> f.label() + ": " + f.value())
        .toList();
  }

  @Test
  void itsThresholdComesBeforeTheMetricsOfThePaper() {
    var result =
        SampleRuns.trained(Method.AAND, SampleRuns.PRETRAINED, 0.42, 0.13)
            .threshold(threshold(60, 63, 1, 20))
            .build();
    assertEquals(
        List.of(
            "Defects found: 60 of 63",
            "False alarms: 1 of 20",
            "Threshold: 0.4321",
            "Image AUROC: 0.9937",
            "Pixel AUROC: 0.9810",
            "AUPRO at 0.3: 0.9498"),
        labels(result));
    var text = PageSummary.of(List.of(run(result))).get(1).text();
    assertTrue(
        text.startsWith(
            "The model's own threshold 0.4321 finds 60 of 63 defective images and flags 1 of 20"
                + " normal images; of normal images to come it is expected to flag 5.0%."),
        text);
    assertTrue(text.contains("The threshold with the best F1, chosen on these same images"), text);
    assertEquals(result, ResultJson.fromJson(ResultJson.toJson(result), "result.json"));
  }

  @Test
  void withNormalImagesAloneWhatIsUndefinedIsLeftOut() {
    var images = List.of(new ScoredImage("a.png", "good", false, 0.3));
    var result =
        RunResult.builder(
                Method.AAND, "mine", "part", SampleRuns.PRETRAINED, SampleRuns.provenance())
            .images(images)
            .threshold(threshold(0, 0, 0, 1))
            .build();
    assertEquals(List.of("False alarms: 0 of 1", "Threshold: 0.4321"), labels(result));
    assertFalse(PageSummary.of(List.of(run(result))).get(1).text().contains("best F1"));
  }
}
