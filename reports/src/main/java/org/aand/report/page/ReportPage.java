package org.aand.report.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.aand.common.file.AtomicFile;

/**
 * Writes a {@link Report} as one HTML page that stands alone: styles, charts and images are in the
 * file, it asks nothing of the network. Its one script, which the page's security policy names by
 * hash, enlarges images; without it the page misses nothing else.
 *
 * <p>The page follows the reader's light or dark setting, fits a telephone and prints. Everything
 * that a user may have named (titles, categories, files, labels) is escaped. The same report always
 * gives the same bytes.
 */
public final class ReportPage {
  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ReportPage.class.getClassLoader(),
          ReportPage.class.getPackageName());

  private ReportPage() {}

  /** The page as HTML text. */
  public static String toHtml(Report report) {
    var out = new StringOutput();
    var script = Script.named("overlay.js", "lightbox.js");
    ENGINE.render("page.jte", Map.of("page", PageView.of(report), "script", script), out);
    return out.toString();
  }

  /**
   * Writes the page, beside its place first and then moved there.
   *
   * @throws org.aand.common.InputException if the file cannot be written
   */
  public static void write(Report report, Path file) {
    AtomicFile.write(file, out -> out.write(toHtml(report).getBytes(StandardCharsets.UTF_8)));
  }
}
