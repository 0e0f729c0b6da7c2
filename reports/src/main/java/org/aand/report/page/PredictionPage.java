package org.aand.report.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aand.common.file.AtomicFile;

/**
 * Writes {@link PredictionReport} as one HTML page that stands alone, and the page of a service
 * that processes images one by one; both of one style.
 *
 * <p>Images stand sorted by score with a line at the threshold; a slider lays the heatmaps over the
 * images, a click enlarges one. The pages follow the reader's light or dark setting and fit narrow
 * screens. The only scripts that may run are their own, which the pages' security policy names by
 * hash; the page of a prediction asks nothing of the network, that of the service asks the service
 * alone. Everything that a user may have named is escaped.
 */
public final class PredictionPage {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          PredictionPage.class.getClassLoader(),
          PredictionPage.class.getPackageName());

  private PredictionPage() {}

  /** The page as HTML text, without links to the image files. */
  public static String toHtml(PredictionReport report) {
    return toHtml(report, ImageLinks.none());
  }

  private static String toHtml(PredictionReport report, ImageLinks links) {
    var script = Script.named("overlay.js", "outlines.js", "lightbox.js", "prediction.js");
    var page = PredictionView.of(report, links);
    return render("prediction.jte", Map.of("page", page, "script", script));
  }

  /**
   * Writes the page, beside its place first and then moved there. Its images link to their files,
   * by relative addresses where they share a folder with the page.
   *
   * @throws org.aand.common.InputException if the file cannot be written
   */
  public static void write(PredictionReport report, Path file) {
    var html = toHtml(report, ImageLinks.from(file));
    AtomicFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** The page of a service as HTML text. */
  public static String toHtml(ServicePage service) {
    var nothing =
        new PredictionReport(
            "Images",
            "Model " + service.model(),
            service.threshold(),
            service.thresholdAbout(),
            List.of(),
            List.of(),
            List.of(),
            service.scale());
    var script =
        Script.named(
            "overlay.js",
            "outlines.js",
            "lightbox.js",
            "request.js",
            "cards.js",
            "region.js",
            "review.js",
            "service.js",
            "recent.js",
            "models.js");
    var page = PredictionView.of(nothing, ImageLinks.none());
    return render("service.jte", Map.of("page", page, "script", script, "service", service));
  }

  private static String render(String template, Map<String, Object> values) {
    var out = new StringOutput();
    ENGINE.render(template, values, out);
    return out.toString();
  }
}
