package org.aand.report.page;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aand.common.heatmap.ColorScale;
import org.aand.report.SampleRuns;
import org.junit.jupiter.api.Test;

/** Text is readable on its ground in both modes: contrast of at least 4.5 to 1 (WCAG 2, AA). */
class StyleContrastTest {
  private static final List<String> TEXTS =
      List.of("ink", "muted", "c1", "c2", "c3", "c4", "good", "defective");

  @Test
  void textStandsOutFromItsGround() {
    var run =
        new Report.Run(
            "AAND",
            SampleRuns.aand(),
            Gallery.choose(List.of(), 0),
            List.of(),
            new ColorScale(0, 1));
    String html = ReportPage.toHtml(new Report("t", List.of(run)));
    Matcher modes = Pattern.compile(":root \\{([^}]*)}").matcher(html);
    int count = 0;
    while (modes.find()) {
      Map<String, Integer> colors = colors(modes.group(1));
      for (String text : TEXTS) {
        check(colors, text, "page");
        check(colors, text, "surface");
      }
      check(colors, "notice-ink", "notice");
      count++;
    }
    assertEquals(2, count, "light and dark");
  }

  private static Map<String, Integer> colors(String block) {
    var colors = new HashMap<String, Integer>();
    Matcher matcher = Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6});").matcher(block);
    while (matcher.find()) {
      colors.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
    }
    return colors;
  }

  private static void check(Map<String, Integer> colors, String text, String ground) {
    double a = luminance(requireNonNull(colors.get(text), text));
    double b = luminance(requireNonNull(colors.get(ground), ground));
    double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    assertTrue(contrast >= 4.5, text + " on " + ground + ": " + contrast);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 0xFF)
        + 0.7152 * linear(rgb >> 8 & 0xFF)
        + 0.0722 * linear(rgb & 0xFF);
  }

  private static double linear(int value) {
    double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
  }
}
