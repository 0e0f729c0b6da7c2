package org.aand.report.page.experiment;

import static java.util.Objects.requireNonNull;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.file.AtomicFile;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.figure.Figure;
import org.aand.report.experiment.table.CsvTable;
import org.aand.report.experiment.table.LatexTable;
import org.aand.report.experiment.table.MarkdownTable;
import org.aand.report.experiment.table.Table;

/**
 * The report of the paper's experiments: its tables and figures, measured next to published.
 *
 * <p>The page {@code index.html} stands alone: styles, charts and images are in the file, it asks
 * nothing of the network and runs no script, follows the reader's light or dark setting, and
 * prints. It begins with an index of the experiments. The folder {@code tables} beside it holds
 * every table as Markdown, LaTeX and CSV. The same report always gives the same bytes.
 *
 * @param title the title of the page
 * @param setup what was measured, short, as the end of a sentence below every table, such as
 *     "ResNet-18, 10 and 20 epochs"; may be empty
 * @param facts what one needs to know to repeat it (backbone, schedule, versions, machine), in the
 *     order to show
 * @param notices what a reader must know before trusting the numbers
 * @param cells what was measured
 * @param figures the figures that were made; sweeps are computed from the cells and need not be
 *     among them
 * @param remarks sentences below the paper's tables of an experiment, by its key
 */
public record ExperimentReport(
    String title,
    String setup,
    Map<String, String> facts,
    List<Notice> notices,
    Cells cells,
    List<Figure> figures,
    Map<String, List<String>> remarks) {

  private static final TemplateEngine ENGINE =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, ExperimentReport.class.getClassLoader(), "org.aand.report.page");

  /**
   * Something a reader must know.
   *
   * @param heading what it is
   * @param text what follows from it
   */
  public record Notice(String heading, String text) {}

  /** Copies the maps and lists. */
  public ExperimentReport {
    requireNonNull(title, "title");
    requireNonNull(setup, "setup");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    notices = List.copyOf(notices);
    requireNonNull(cells, "cells");
    figures = List.copyOf(figures);
    remarks = Map.copyOf(remarks);
  }

  /** Without remarks. */
  public ExperimentReport(
      String title,
      String setup,
      Map<String, String> facts,
      List<Notice> notices,
      Cells cells,
      List<Figure> figures) {
    this(title, setup, facts, notices, cells, figures, Map.of());
  }

  /** The page as HTML text. */
  public String toHtml() {
    return toHtml(ReportView.of(this));
  }

  /**
   * Writes {@code index.html} and the folder {@code tables}, replacing files of these names. Every
   * file is written beside its place first and then moved there; the page comes last, so that
   * whoever sees it finds the tables that belong to it.
   *
   * @param out the folder, made if it is missing
   * @throws org.aand.common.InputException if a file cannot be written
   */
  public void write(Path out) {
    ReportView view = ReportView.of(this);
    for (Table table : view.tables()) {
      Path file = out.resolve("tables");
      write(file.resolve(table.name() + ".md"), MarkdownTable.of(table));
      write(file.resolve(table.name() + ".tex"), LatexTable.of(table));
      write(file.resolve(table.name() + ".csv"), CsvTable.of(table));
    }
    write(out.resolve("index.html"), toHtml(view));
  }

  private static String toHtml(ReportView view) {
    var out = new StringOutput();
    ENGINE.render("experiment/index.jte", view, out);
    return out.toString();
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
