package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.aand.report.Candidate;
import org.aand.report.Interval;
import org.aand.report.Method;
import org.aand.report.Metric;
import org.aand.report.Provenance;
import org.aand.report.RunResult;
import org.aand.report.ScoredImage;
import org.aand.report.Teacher;
import org.aand.report.ThresholdResult;
import org.junit.jupiter.api.Test;

/** What is said last after a run: what the threshold does first, undefined metrics in one line. */
class RunSummaryTest {
  private static final ScoredImage GOOD = new ScoredImage("good.png", "good", false, 0.25);
  private static final ScoredImage BAD = new ScoredImage("bad.png", "scratch", true, 0.75);

  private static RunResult.Builder run(List<ScoredImage> images) {
    var provenance =
        new Provenance(
            0, Map.of(), "cpu", "", "", "", 1, "", Map.of(), Instant.EPOCH, Instant.EPOCH);
    return RunResult.builder(
            Method.AAND,
            "mine",
            "part",
            new Teacher(Teacher.Source.FILE, "resnet18", null, null),
            provenance)
        .images(images);
  }

  private static ThresholdResult threshold(int found, int defective, int alarms, int normal) {
    return new ThresholdResult(
        0.5,
        "the user's choice",
        0.05,
        new Interval(0.001, 0.1, 0.95, "of held-out normals"),
        "21 normal images held out of training",
        new ThresholdResult.Scores(21, 0.2, 0.3, 0.44),
        found,
        defective,
        alarms,
        normal);
  }

  private static List<String> printed(RunResult result) {
    var text = new StringWriter();
    RunSummary.print(result, Path.of("run"), new PrintWriter(text, true));
    return text.toString().lines().filter(line -> line.startsWith("  ")).toList();
  }

  @Test
  void normalImagesAlone() {
    assertEquals(
        List.of(
            "  threshold       0.500000, the user's choice",
            "  false alarms    5.0 % of normal images expected (95 % interval 0.1 to 10.0 %)",
            "  held-out scores 0.2000 to 0.4400, median 0.3000, of 21 normal images held out of"
                + " training",
            "  false alarms    0 of 1 test images",
            "  Not defined without a defective test image: Image AUROC, Pixel AUROC, AUPRO at 0.3,"
                + " Image AP, Pixel AP, Image F1 max, Pixel F1 max, AUPRO at 0.05, SegF1, AUPIMO"),
        printed(run(List.of(GOOD)).threshold(threshold(0, 0, 0, 1)).build()));
  }

  @Test
  void whatWasTriedAndWhichIsKept() {
    var result =
        run(List.of())
            .candidates(
                List.of(
                    new Candidate(Method.PADIM, "PaDiM", 1.75, 12.6, false),
                    new Candidate(Method.ST, "ST", null, 60, false),
                    new Candidate(Method.AAND, "AAND (standard recipe)", 1.8, 300, true)))
            .build();
    assertEquals(
        List.of(
            "  Kept for the greatest image AUROC + AUPRO on synthetic anomalies:",
            "    score   trained  method",
            "    1.7500     13 s  PaDiM",
            "    none       60 s  ST",
            "    1.8000    300 s  AAND (standard recipe) (kept)",
            "  There were no test images, so nothing was measured."),
        printed(result));
  }

  @Test
  void aCalibratedModelOnDefectsToo() {
    var lines =
        printed(
            run(List.of(GOOD, BAD))
                .metric(Metric.IMAGE_AUROC, 1)
                .threshold(threshold(1, 1, 0, 1))
                .build());
    assertEquals("  defects found   1 of 1 test images", lines.get(3));
    assertEquals("  false alarms    0 of 1 test images", lines.get(4));
    assertEquals("  Image AUROC     1.0000", lines.get(5));
    assertEquals(
        "  Not defined without masks of the defects: Pixel AUROC, AUPRO at 0.3, Image AP, Pixel"
            + " AP, Image F1 max, Pixel F1 max, AUPRO at 0.05, SegF1, AUPIMO",
        lines.get(6));
  }

  @Test
  void aModelWithoutAPixelThresholdHasNoSegmentation() {
    var lines = printed(run(List.of(GOOD, BAD)).metric(Metric.PIXEL_F1_MAX, 0.5).build());
    assertTrue(
        lines.contains("  SegF1 needs a model with a pixel threshold; see calibrate"),
        lines.toString());
  }

  @Test
  void nothingTested() {
    assertEquals(
        List.of("  There were no test images, so nothing was measured."),
        printed(run(List.of()).build()));
  }
}
