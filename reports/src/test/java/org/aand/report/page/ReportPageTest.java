package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aand.common.heatmap.ColorScale;
import org.aand.report.Epoch;
import org.aand.report.Method;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.RunResult;
import org.aand.report.SampleRuns;
import org.aand.report.ScoredImage;
import org.aand.report.SkippedFile;
import org.aand.report.Stage;
import org.aand.report.Teacher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static Report.Run run(String name, RunResult result, int each) {
    double highest =
        result.images().stream().mapToDouble(ScoredImage::score).filter(s -> s > 0).max().orElse(1);
    var scale = new ColorScale(0, highest);
    var gallery = Gallery.choose(result.images(), each);
    var shown =
        result.images().stream().filter(image -> gallery.files().contains(image.file())).toList();
    return new Report.Run(name, result, gallery, SampleImages.of(shown, scale), scale);
  }

  private static Report sideBySide() {
    return new Report(
        "bottle", List.of(run("AAND", SampleRuns.aand(), 6), run("RD", SampleRuns.rd(), 3)));
  }

  private static String page(RunResult result) {
    return ReportPage.toHtml(new Report("A run", List.of(run("AAND", result, 2))));
  }

  private static RunResult.Builder evaluated(List<ScoredImage> images) {
    return RunResult.builder(
            Method.AAND, "mvtec", "bottle", SampleRuns.PRETRAINED, SampleRuns.provenance())
        .command("evaluate")
        .images(images);
  }

  /** The page of AAND beside RD, drawn once for all tests that only read it. */
  private static final String SIDE_BY_SIDE = ReportPage.toHtml(sideBySide());

  private static String withoutImages(String html) {
    return html.replaceAll("base64,[A-Za-z0-9+/=]*", "");
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }

  /** Also leaves pages for inspection in {@code target/sample}. */
  @Test
  void aPageIsWrittenWholeAndTheSameEveryTime() throws IOException {
    Path file = Path.of("target", "sample", "report.html");
    ReportPage.write(sideBySide(), file);
    assertEquals(SIDE_BY_SIDE, Files.readString(file));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(ReportPage.toHtml(sideBySide()), Files.readString(file));
    } finally {
      Locale.setDefault(before);
    }
    RunResult demo =
        SampleRuns.trained(Method.AAND, SampleRuns.RANDOM, 0.42, 0.3)
            .stage(SampleRuns.stage("stage1", 3, 0.2, Map.of("focal", 0.07)))
            .build();
    ReportPage.write(
        new Report("bottle, demo", List.of(run("AAND", demo, 3))),
        Path.of("target", "sample", "demo.html"));
  }

  @Test
  void thePageSaysWhatWasTrainedAndHowWellItDetects() {
    String html = SIDE_BY_SIDE;
    assertTrue(
        html.contains(
            "<b>AAND and RD</b> learned from 209 normal images of bottle (mvtec) with the teacher"
                + " ResNet-18, ImageNet and scored 83 test images, 20 normal and 63 defective."));
    assertTrue(html.contains("A defective image scores above a normal one in 99.4% of all pairs."));
    assertTrue(html.contains("<dd>0.9968</dd>"));
    assertTrue(html.contains("95% interval 0.9712–1.0000"));
    assertTrue(html.contains("no evidence that one method is better"));
    assertTrue(html.contains("weights of the last epoch"));
    for (Metric metric : Metric.values()) {
      assertTrue(html.contains(metric.label()), metric.label());
    }
  }

  @Test
  void whatPassesTheImagesOnceHasNoLastEpoch() {
    for (var method : Method.values()) {
      var html = page(SampleRuns.trained(method, SampleRuns.PRETRAINED, 0.4, 0.1).build());
      assertEquals(method.hasEpochs(), html.contains("last epoch"), method.label());
      assertEquals(!method.hasEpochs(), html.contains("fitted in one pass"), method.label());
    }
  }

  @Test
  void everyRunHasItsChartsImagesAndProvenance() {
    String html = SIDE_BY_SIDE;
    assertTrue(html.contains("ROC curve of image scores"));
    assertEquals(1, count(html, "Histogram of the image scores of AAND"));
    assertEquals(1, count(html, "Histogram of the image scores of RD"));
    assertTrue(html.contains("AAND, stage 1: amplification"));
    assertTrue(html.contains("AAND, stage 2: distillation"));
    assertTrue(html.contains("RD, distillation"));
    assertTrue(html.contains("learning rate falls, 0.005 → 0.001 → 0.0002"));
    assertEquals(3 * 6 + 3 * 3, count(html, "alt=\"Its anomaly map\""));
    assertEquals(2 * 6 + 2 * 3, count(html, "class=\"outline\""));
    assertEquals(2, count(html, "one scale for all images of"));
    assertTrue(html.contains("test/broken_large/"));
    assertTrue(html.contains(String.valueOf(SampleRuns.PRETRAINED.weightsSha256())));
    assertTrue(html.contains("nd4j-native, OpenBLAS, oneDNN (avx2)"));
    assertTrue(html.contains("2026-03-14 09:26:53 UTC"));
    assertTrue(html.contains("44 min 15 s"));
    assertTrue(html.contains("2.20 GiB resident"));
    assertTrue(html.contains("not a PNG file: it is empty"));
  }

  @Test
  void thePageAsksNothingOfTheNetworkAndRunsItsOwnScriptAlone() {
    String html = SIDE_BY_SIDE;
    assertFalse(Pattern.compile("https?:|url\\(|@import|<link rel=\"style").matcher(html).find());
    assertEquals(1, count(html, "<script"));
    SecurityPolicy.check(
        html, "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ");
    Matcher sources = Pattern.compile(" (?:src|href)=\"([^\"]{0,12})").matcher(html);
    int found = 0;
    while (sources.find()) {
      String source = sources.group(1);
      assertTrue(source.startsWith("data:") || source.startsWith("#"), source);
      found++;
    }
    assertTrue(found > 50, "only " + found + " sources and links");
  }

  @Test
  void everyImageAndChartHasWordsForThoseWhoDoNotSeeIt() {
    String html = SIDE_BY_SIDE;
    assertEquals(
        count(html, "<img "),
        Pattern.compile("<img [^>]*alt=\"[^\"]+\"").matcher(html).results().count());
    assertEquals(
        count(html, "<svg "),
        Pattern.compile("<svg [^>]*role=\"img\" aria-label=\"[^\"]+\"")
            .matcher(html)
            .results()
            .count());
    assertEquals(1, count(html, "<h1>"));
    assertTrue(html.contains("<html lang=\"en\">"));
  }

  @Test
  void whateverAUserNamedIsEscaped() {
    String evil = "<script>alert('x')</script>\" onerror=\"x&";
    RunResult result =
        RunResult.builder(
                Method.AAND,
                evil,
                evil,
                new Teacher(Teacher.Source.FILE, evil, evil, evil),
                SampleRuns.provenance())
            .backbone(evil)
            .metric(evil, 0.5)
            .setting(evil, evil)
            .skipped(List.of(new SkippedFile(evil, evil)))
            .stage(SampleRuns.stage(evil, 2, 1, Map.of(evil, 1.0)))
            .images(
                List.of(
                    new ScoredImage(evil, evil, true, 2),
                    new ScoredImage("g" + evil, evil, false, 1)))
            .build();
    String html = ReportPage.toHtml(new Report(evil, List.of(run(evil, result, 3))));
    assertEquals(1, count(html, "<script"), "the page's own");
    assertTrue(html.contains("<h1>&lt;script"));
    Matcher tags =
        Pattern.compile("<[a-z0-9]+((?:\\s+[a-z:-]+(?:=\"[^\"]*\")?)*)\\s*/?>")
            .matcher(withoutImages(html));
    int found = 0;
    while (tags.find()) {
      Matcher names = Pattern.compile("\\s([a-z:-]+)=\"[^\"]*\"").matcher(tags.group(1));
      while (names.find()) {
        assertFalse(names.group(1).startsWith("on"), tags.group());
        found++;
      }
    }
    assertTrue(found > 100, "only " + found + " attributes");
    assertTrue(
        html.contains("alt=\"Test image &lt;script>alert(&#39;x&#39;)&lt;/script>&#34; onerror"));
  }

  @Test
  void aRandomTeacherIsAnnounced() {
    String html = page(SampleRuns.trained(Method.AAND, SampleRuns.RANDOM, 0.4, 0.1).build());
    assertTrue(html.contains("<strong>Random teacher</strong>"));
    assertTrue(html.contains("a randomly drawn teacher (tiny network of 3 levels)"));
    assertFalse(page(SampleRuns.aand()).contains("Random teacher"));
  }

  @Test
  void aTeachersNoteIsShownOnceAndNamesItsRunsUnlessItHoldsForAll() {
    var tiny = new Teacher(Teacher.Source.FILE, "tiny", null, "Trained on shapes only.");
    var first = run("first", SampleRuns.trained(Method.AAND, tiny, 0.4, 0.1).build(), 0);
    var second = run("second", SampleRuns.trained(Method.RD, tiny, 0.4, 0.1).build(), 0);
    var third = run("third", SampleRuns.rd(), 0);
    String all = ReportPage.toHtml(new Report("t", List.of(first, second)));
    assertEquals(1, count(all, "Trained on shapes only."));
    assertTrue(all.contains("<strong>About the teacher</strong>"));
    String some = ReportPage.toHtml(new Report("t", List.of(first, second, third)));
    assertTrue(some.contains("<strong>About the teacher (first, second)</strong>"));
  }

  @Test
  void aCheckpointPickedOnTheTestSetIsAnnounced() {
    RunResult result =
        SampleRuns.trained(Method.RD, SampleRuns.PRETRAINED, 0.4, 0.1)
            .protocol(Protocol.BEST_ON_TEST)
            .build();
    assertTrue(page(result).contains("<strong>Checkpoint picked on the test set</strong>"));
  }

  @Test
  void withoutDefectiveImagesThePageSaysThatNothingCanBeMeasured() {
    var good = SampleRuns.images(0.4, 0.1).stream().filter(image -> !image.defective()).toList();
    String html = page(evaluated(good).build());
    assertTrue(html.contains("Without a defective image, detection cannot be measured."));
    assertFalse(html.contains("ROC curve"));
    assertFalse(html.contains("class=\"threshold\""));
    assertFalse(html.contains("Defective images with the lowest scores"));
    assertFalse(html.contains("White outline"));
    assertTrue(html.contains("normal, 20 images"));
    assertTrue(html.contains("defective, 0 images"));
  }

  @Test
  void withoutGoodImagesThePageSaysThatFalseAlarmsCannotBeMeasured() {
    var defective = List.of(new ScoredImage("a.png", "scratch", true, 0.7));
    String html = page(evaluated(defective).build());
    assertTrue(html.contains("Without a normal image, false alarms cannot be measured."));
    assertTrue(html.contains("1 test image, 0 normal and 1 defective"));
    assertFalse(html.contains("Normal images with the highest scores"));
  }

  @Test
  void anEvaluationHasNoTrainingSection() {
    String html = page(evaluated(SampleRuns.images(0.4, 0.1)).build());
    assertTrue(html.contains("used a saved model for images of bottle (mvtec)"));
    assertFalse(html.contains("id=\"training\""));
    assertFalse(html.contains("#training"));
  }

  @Test
  void aRunWithoutTestImagesStillHasAPage() {
    String html = page(evaluated(List.of()).build());
    assertTrue(html.contains("No test image was scored."));
    assertFalse(html.contains("id=\"scores\""));
    assertFalse(html.contains("id=\"images\""));
    assertEquals(Metric.values().length, count(html, "<td class=\"number\">–</td>"));
  }

  @Test
  void anErrorOfTheThresholdIsMarkedOnItsImage() {
    var images =
        List.of(
            new ScoredImage("g1", "good", false, 1),
            new ScoredImage("g3", "good", false, 0.9),
            new ScoredImage("g4", "good", false, 0.8),
            new ScoredImage("g2", "good", false, 5),
            new ScoredImage("d1", "scratch", true, 0.5),
            new ScoredImage("d2", "scratch", true, 4),
            new ScoredImage("d3", "scratch", true, 6),
            new ScoredImage("d4", "scratch", true, 7));
    String html = page(evaluated(images).build());
    // Best F1 at 4: one false alarm, one miss. The false alarm is in one list, the miss in one.
    assertEquals(1, count(html, ">false alarm<"));
    assertEquals(1, count(html, ">missed<"));
    assertTrue(html.contains("misses 1 of 4 defective images and flags 1 of 4 normal ones"));
  }

  @Test
  void aSingleEpochAndALossThatWasNotFiniteAreDrawn() {
    var losses = new LinkedHashMap<String, @Nullable Double>();
    losses.put("focal", 0.5);
    losses.put("amplification", Double.NaN);
    var stage = new Stage("stage1", List.of(new Epoch(1, 0.005, losses, 2, 1)), null);
    String html = page(evaluated(List.of()).stage(stage).build());
    assertTrue(html.contains("focal, epoch 1: 0.5"));
    assertTrue(html.contains("amplification <b>–</b>"));
    assertFalse(withoutImages(html).contains("NaN"));

    losses.put("focal", Double.NaN);
    var lost = new Stage("stage1", List.of(new Epoch(1, 0.005, losses, 2, 1)), null);
    String without = page(evaluated(List.of()).stage(lost).build());
    assertFalse(without.contains("<svg"));
    assertTrue(without.contains("Every epoch"));
  }

  @Test
  void equalScoresDoNotBreakTheCharts() {
    var images =
        List.of(new ScoredImage("g", "good", false, 0), new ScoredImage("d", "scratch", true, 0));
    String html = page(evaluated(images).build());
    assertFalse(withoutImages(html).contains("NaN"));
    assertTrue(html.contains("1 defective, score"));
  }

  @Test
  void aReportNeedsRunsWithDifferentNames() {
    assertThrows(IllegalArgumentException.class, () -> new Report("t", List.of()));
    var run = run("AAND", SampleRuns.aand(), 0);
    assertThrows(IllegalArgumentException.class, () -> new Report("t", List.of(run, run)));
  }
}
