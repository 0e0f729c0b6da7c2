package org.aand.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Jpeg;
import org.aand.report.SkippedFile;
import org.junit.jupiter.api.Test;

/** The page of parts shows them in order, decides as stated, and lets nothing in or out. */
class PredictionPageTest {
  private static final Jpeg THUMBNAIL = Jpeg.of(Heatmap.image(new byte[3 * 16 * 12], 16, 12));

  @Test
  void partsStandInTheOrderOfTheirScoresWithALineAtTheThreshold() {
    var html = PredictionPage.toHtml(parts(OptionalDouble.of(0.5), 0.2, 0.9, 0.5, 0.7));
    int last = 0;
    for (var text : List.of("part-1", "part-3", "class=\"divider\"", "part-2", "part-0")) {
      int at = html.indexOf(text, last);
      assertTrue(at > 0, text + " is missing or out of order");
      last = at;
    }
    assertTrue(html.contains("4 parts, 2 anomalous, 2 normal; 1 file not usable."), html);
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
                List.of(0.2, 0.9, 0.1, 0.15),
                all.shown(),
                List.of(),
                all.scale()));
    assertTrue(html.contains("2 parts with lower scores not shown here."));
    assertTrue(html.contains("4 parts, 1 anomalous, 3 normal."));
  }

  @Test
  void namesAreEscapedAndOnlyTheOwnScriptMayRun() throws Exception {
    var evil = "<script>alert(1)</script>\"'>";
    var html =
        PredictionPage.toHtml(
            new PredictionReport(
                evil,
                evil,
                OptionalDouble.of(1),
                evil,
                List.of(1.0),
                List.of(
                    new PredictionReport.Part(
                        evil, 1, OptionalDouble.of(50), THUMBNAIL, THUMBNAIL)),
                List.of(new SkippedFile(evil, evil)),
                new ColorScale(0, 1)));
    assertEquals(1, count(html, "<script"));
    checkPolicy(html, "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ");
    assertFalse(Pattern.compile("(?:src|href)=\"(?!data:)").matcher(html).find());
    assertFalse(Pattern.compile("https?://").matcher(html).find());
  }

  @Test
  void theServicesPageAsksTheServiceAlone() throws Exception {
    var html =
        PredictionPage.toHtml(
            new ServicePage("Model <b>", OptionalDouble.of(0.25), "about", new ColorScale(0, 2)));
    checkPolicy(
        html,
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; connect-src 'self';"
            + " script-src ");
    assertTrue(html.contains("Model &lt;b>") || html.contains("Model &lt;b&gt;"), html);
    assertTrue(html.contains("threshold 0.25"), "the line");
    assertFalse(Pattern.compile("https?://").matcher(html).find());
  }

  private static void checkPolicy(String html, String beginning) throws Exception {
    var script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
    assertTrue(script.find());
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
    var source = "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    var policy = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
    assertTrue(policy.find());
    assertEquals(beginning + source, policy.group(1).replace("&#39;", "'"));
  }

  private static PredictionReport parts(OptionalDouble threshold, double... scores) {
    var all = new ArrayList<Double>();
    var shown = new ArrayList<PredictionReport.Part>();
    for (int i = 0; i < scores.length; i++) {
      all.add(scores[i]);
      shown.add(
          new PredictionReport.Part(
              "part-" + i, scores[i], OptionalDouble.of(90), THUMBNAIL, THUMBNAIL));
    }
    return new PredictionReport(
        "Folder",
        "Model",
        threshold,
        "",
        all,
        shown,
        List.of(new SkippedFile("bad.png", "is empty")),
        new ColorScale(0, 1));
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }
}
