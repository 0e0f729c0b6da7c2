package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Jpeg;
import org.aand.report.SkippedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a prediction shows images in order, decides as stated, and lets nothing in or out.
 */
class PredictionPageTest {
  private static final Jpeg THUMBNAIL = Jpeg.of(Heatmap.image(new byte[3 * 16 * 12], 16, 12));

  @Test
  void imagesStandInTheOrderOfTheirScoresWithALineAtTheThreshold() {
    var html = PredictionPage.toHtml(parts(OptionalDouble.of(0.5), 0.2, 0.9, 0.5, 0.7));
    int last = html.indexOf("id=\"images\"");
    for (var text : List.of("part-1", "part-3", "class=\"divider\"", "part-2", "part-0")) {
      int at = html.indexOf(text, last);
      assertTrue(at > 0, text + " is missing or out of order");
      last = at;
    }
    assertTrue(html.contains("4 images: 2 anomalous, 2 normal; 1 file not usable."), html);
    assertEquals(2, count(html, "class=\"card defective\""));
    assertEquals(2, count(html, "class=\"card good\""));
    assertEquals(4, count(html, "class=\"heat\""));
  }

  @Test
  void withoutAThresholdNothingIsDecided() {
    var html = PredictionPage.toHtml(parts(OptionalDouble.empty(), 0.2, 0.9));
    assertFalse(html.contains("class=\"divider\""));
    assertTrue(html.contains("nothing is decided"));
    assertEquals(0, count(html, "class=\"card defective\""));
  }

  @Test
  void whatIsNotShownIsSaid() {
    var all = parts(OptionalDouble.of(0.5), 0.2, 0.9);
    var html =
        PredictionPage.toHtml(
            new PredictionReport(
                all.title(),
                all.model(),
                all.threshold(),
                "",
                images(0.2, 0.9, 0.1, 0.15),
                all.shown(),
                List.of(),
                all.scale()));
    assertTrue(html.contains("Shown here: the 2 images with the highest scores of 4."));
    assertTrue(html.contains("4 images: 1 anomalous, 3 normal."));
    assertEquals(2, count(html, "class=\"heat\""));
    for (var row :
        List.of(
            "<td>part-1</td><td>0.9000</td><td>anomalous</td>",
            "<td>part-2</td><td>0.1000</td><td>normal</td>",
            "<td>part-3</td><td>0.1500</td><td>normal</td>")) {
      assertTrue(html.contains(row), row);
    }
  }

  @Test
  void theBarsOfAColourHoldAsManyImagesAsTheTextSays() {
    // Bins that divided the axis evenly would hold all nine below and some above in one bar.
    var scores = new double[16];
    Arrays.setAll(scores, i -> i < 9 ? 0.500 + i * 0.0001 : 0.501 + (i - 9) * 0.03);
    double threshold = 0.50085;
    var html = PredictionPage.toHtml(parts(OptionalDouble.of(threshold), scores));
    assertTrue(html.contains("16 images: 7 anomalous, 9 normal"), html);
    var charts = Pattern.compile("<svg class=\"(wide|narrow)\".*?</svg>", Pattern.DOTALL);
    var found = charts.matcher(html).results().map(MatchResult::group).toList();
    assertEquals(2, found.size());
    for (var chart : found) {
      assertEquals(7, imagesInBars(chart, "defective"));
      assertEquals(9, imagesInBars(chart, "good"));
    }
  }

  private static int imagesInBars(String chart, String series) {
    return Pattern.compile("<g class=\"" + series + "\"><rect.*?<title>(\\d+) image")
        .matcher(chart)
        .results()
        .mapToInt(bar -> Integer.parseInt(bar.group(1)))
        .sum();
  }

  @Test
  void everyImageCanBeEnlargedFilteredAndSortedByKeyboardAlone() {
    var html = PredictionPage.toHtml(parts(OptionalDouble.of(0.5), 0.2, 0.9));
    assertEquals(
        2, count(html, "<button type=\"button\" class=\"zoom stack\" aria-label=\"Enlarge part-"));
    assertEquals(1, count(html, "<dialog id=\"lightbox\""));
    var controls = Pattern.compile("<(?:input|select)[^>]*>").matcher(html).results().toList();
    assertEquals(5, controls.size());
    for (var control : controls) {
      int label = html.lastIndexOf("<label", control.start());
      assertTrue(label > html.lastIndexOf("</label>", control.start()), control.group());
    }
    assertEquals(
        0, count(PredictionPage.toHtml(parts(OptionalDouble.empty(), 1)), "id=\"verdict\""));
  }

  @Test
  void regionsAreOutlinedAndTheHighestListed() {
    var outline = Heatmap.outline(new boolean[16 * 12], 16, 12);
    var boxes =
        IntStream.range(0, 5)
            .mapToObj(i -> new PredictionReport.Box(10 * i, 2, 34, 20, 500, 0.83 - 0.1 * i))
            .toList();
    var all = parts(OptionalDouble.of(0.5), 0.9, 0.2);
    var html =
        PredictionPage.toHtml(
            new PredictionReport(
                all.title(),
                all.model(),
                all.threshold(),
                "",
                all.images(),
                List.of(
                    shown(all.images().get(0), new PredictionReport.Regions(outline, boxes)),
                    shown(all.images().get(1), new PredictionReport.Regions(outline, List.of()))),
                List.of(),
                all.scale()));
    assertEquals(1, count(html, "class=\"outline\""), "one image has regions");
    assertEquals(1, count(html, "<ul class=\"regions\""));
    assertTrue(html.contains("<li>34 × 20 at (10, 2), peak 0.73</li>"), html);
    assertTrue(html.contains("<li>2 more regions</li>"), html);
    assertFalse(html.contains("at (30, 2)"));
    assertEquals(1, count(html, "id=\"outlines\""), "outlines can be hidden");
    assertEquals(
        0, count(PredictionPage.toHtml(parts(OptionalDouble.empty(), 1)), "id=\"outlines\""));
  }

  private static PredictionReport.Shown shown(
      PredictionReport.Scored image, PredictionReport.Regions regions) {
    return new PredictionReport.Shown(
        image, OptionalDouble.empty(), THUMBNAIL, THUMBNAIL, Optional.of(regions));
  }

  @Test
  void imagesLinkToTheirFilesByTheShortestWay(@TempDir Path folder) throws IOException {
    var beside = folder.resolve("a part #1.png").toString();
    var shown = new PredictionReport.Scored(beside, 1);
    var report =
        new PredictionReport(
            "t",
            "m",
            OptionalDouble.empty(),
            "",
            List.of(shown),
            List.of(
                new PredictionReport.Shown(
                    shown, OptionalDouble.empty(), THUMBNAIL, THUMBNAIL, Optional.empty())),
            List.of(),
            new ColorScale(0, 1));
    var page = folder.resolve("pages/page.html");
    Files.createDirectories(folder.resolve("pages"));
    PredictionPage.write(report, page);
    assertTrue(Files.readString(page).contains("<a href=\"../a%20part%20%231.png\">"));
  }

  @Test
  void namesAreEscapedAndOnlyTheOwnScriptMayRun() {
    var evil = "<script>alert(1)</script>\"'>";
    var html =
        PredictionPage.toHtml(
            new PredictionReport(
                evil,
                evil,
                OptionalDouble.of(1),
                evil,
                List.of(new PredictionReport.Scored(evil, 1)),
                List.of(
                    new PredictionReport.Shown(
                        new PredictionReport.Scored(evil, 1),
                        OptionalDouble.of(50),
                        THUMBNAIL,
                        THUMBNAIL,
                        Optional.empty())),
                List.of(new SkippedFile(evil, evil)),
                new ColorScale(0, 1)));
    assertEquals(1, count(html, "<script"));
    SecurityPolicy.check(
        html, "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ");
    assertFalse(Pattern.compile("(?:src|href)=\"(?!data:)").matcher(html).find());
    assertFalse(Pattern.compile("https?://").matcher(html).find());
  }

  @Test
  void theServicesPageAsksTheServiceAlone() {
    var html =
        PredictionPage.toHtml(
            new ServicePage(
                "<b>",
                "../../",
                OptionalDouble.of(0.25),
                "about",
                true,
                new ColorScale(0, 2),
                true));
    assertTrue(html.contains("data-root=\"../../\""), html);
    assertTrue(html.contains("not kept, but for the last ones, and those that you mark."), html);
    SecurityPolicy.check(
        html,
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; connect-src 'self';"
            + " script-src ");
    assertTrue(html.contains("Model &lt;b>") || html.contains("Model &lt;b&gt;"), html);
    assertTrue(html.contains("threshold 0.25"), "the line");
    assertEquals(1, count(html, "id=\"outlines\""));
    assertFalse(Pattern.compile("https?://").matcher(html).find());
  }

  private static List<PredictionReport.Scored> images(double... scores) {
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new PredictionReport.Scored("part-" + i, scores[i]))
        .toList();
  }

  private static PredictionReport parts(OptionalDouble threshold, double... scores) {
    return new PredictionReport(
        "Folder",
        "Model",
        threshold,
        "",
        images(scores),
        images(scores).stream()
            .map(
                image ->
                    new PredictionReport.Shown(
                        image, OptionalDouble.of(90), THUMBNAIL, THUMBNAIL, Optional.empty()))
            .toList(),
        List.of(new SkippedFile("bad.png", "is empty")),
        new ColorScale(0, 1));
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }
}
