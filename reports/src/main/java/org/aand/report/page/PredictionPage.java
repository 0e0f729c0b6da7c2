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
 * images. The pages follow the reader's light or dark setting. The only scripts that may run are
 * their own, which the pages' security policy names by hash; the page of parts asks nothing of the
 * network, that of the service asks the service alone. Everything that a user may have named is
 * escaped.
 */
public final class PredictionPage {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          PredictionPage.class.getClassLoader(),
          PredictionPage.class.getPackageName());

  private PredictionPage() {}

  /** The page as HTML text. */
  public static String toHtml(PredictionReport parts) {
    var script = Script.named("parts.js");
    return render("parts.jte", Map.of("page", PredictionView.of(parts), "script", script));
  }

  /**
   * Writes the page, beside its place first and then moved there.
   *
   * @throws org.aand.common.InputException if the file cannot be written
   */
  public static void write(PredictionReport parts, Path file) {
    AtomicFile.write(file, out -> out.write(toHtml(parts).getBytes(StandardCharsets.UTF_8)));
  }

  /** The page of a service as HTML text. */
  public static String toHtml(ServicePage service) {
    var nothing =
        new PredictionReport(
            "Images",
            service.model(),
            service.threshold(),
            service.thresholdAbout(),
            List.of(),
            List.of(),
            List.of(),
            service.scale());
    var script = Script.named("service.js");
    return render("service.jte", Map.of("page", PredictionView.of(nothing), "script", script));
  }

  private static String render(String template, Map<String, Object> values) {
    var out = new StringOutput();
    ENGINE.render(template, values, out);
    return out.toString();
  }
}
