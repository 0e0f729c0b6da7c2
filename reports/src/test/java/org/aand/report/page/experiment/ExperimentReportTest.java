package org.aand.report.page.experiment;

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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.SampleCells;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.Scatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentReportTest {
  private static final ExperimentReport SAMPLE = sample();

  /** The page of made-up cells, drawn once for all tests that only read it. */
  private static final String HTML = SAMPLE.toHtml();

  @TempDir Path folder = Path.of("");

  private static ExperimentReport sample() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Backbone", "made up");
    facts.put("Schedule", "made up");
    return new ExperimentReport(
        "Example of the experiments' report",
        "made up, not measured",
        facts,
        List.of(
            new ExperimentReport.Notice(
                "Example data", "Every measured number on this page is made up to show its form.")),
        SampleCells.all(),
        SampleFigures.all());
  }

  private static ExperimentReport of(List<Cell> cells) {
    return new ExperimentReport("t", "", Map.of(), List.of(), new Cells(cells), List.of());
  }

  private static long count(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().count();
  }

  /** Left in the build folder for inspection. */
  @Test
  void theReportIsAPageAndAFolderOfTables() throws IOException {
    Path out = Path.of("target", "example-report");
    SAMPLE.write(out);
    assertEquals(HTML, Files.readString(out.resolve("index.html")));
    var names = new TreeSet<String>();
    try (var files = Files.list(out.resolve("tables"))) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    for (int i = 1; i <= 8; i++) {
      for (String ending : List.of(".md", ".tex", ".csv")) {
        assertTrue(names.contains("table-" + i + ending), names.toString());
      }
    }
    assertTrue(names.contains("detail-components-visa.csv"), names.toString());
    assertEquals(0, names.size() % 3);
    assertTrue(names.stream().noneMatch(name -> name.endsWith(".part")));
  }

  @Test
  void everyTableAndFigureIsOnThePage() {
    for (String table : List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII")) {
      assertEquals(1, count(HTML, "<h3>Table " + table + ": "), table);
    }
    assertTrue(HTML.contains("<a href=\"#experiment-2\">Main results</a>"));
    for (String id : List.of("figure-5", "figure-6", "figure-8", "conditions", "experiment-8")) {
      assertTrue(HTML.contains("href=\"#" + id + "\"") && HTML.contains("id=\"" + id + "\""), id);
    }
    assertEquals(6, count(HTML, "Dashed: the paper&#39;s setting|Dashed: the paper's setting"));
    assertEquals(3, count(HTML, "Residual intensity on normal and abnormal patches, "));
    assertEquals(4, count(HTML, "class=\"crosses\" d=\"M[^\"]{100}"));
    assertTrue(HTML.contains("Anomaly map of AAND for test/broken_small/000.png"));
    assertTrue(HTML.contains("no defect marked"));
    assertTrue(HTML.contains("<strong>Example data</strong>"));
  }

  @Test
  void missingAndFailedCellsAreShownAsSuch() {
    assertTrue(HTML.contains("<td class=\"number missing\">missing</td>"));
    assertTrue(HTML.contains("<td class=\"number failed\">failed</td>"));
    assertTrue(
        HTML.contains(
            "<li>AAND, MVTec3D-RGB / rope, seed 2, last-epoch: train/good/017.png is not a PNG"
                + " file: it is empty</li>"));
  }

  @Test
  void everyTableNamesTheProtocolOfMeasuredAndPublished() {
    Matcher tables = Pattern.compile("<h3>Table [IV]+: .*?<table", Pattern.DOTALL).matcher(HTML);
    int found = 0;
    while (tables.find()) {
      assertTrue(tables.group().contains("official (checkpoint picked on the test set itself)"));
      assertTrue(tables.group().contains("last-epoch (weights of the last epoch"), tables.group());
      found++;
    }
    assertEquals(8, found);
  }

  @Test
  void thePageAsksNothingOfTheNetworkAndRunsNoScript() {
    assertFalse(
        Pattern.compile("https?:|url\\(|@import|<script|<link rel=\"style").matcher(HTML).find());
    Matcher sources = Pattern.compile(" (?:src|href)=\"([^\"]{0,12})").matcher(HTML);
    int found = 0;
    while (sources.find()) {
      String source = sources.group(1);
      assertTrue(source.startsWith("data:") || source.startsWith("#"), source);
      found++;
    }
    assertTrue(found > 25, "only " + found + " sources and links");
  }

  @Test
  void everyImageAndChartHasWordsForThoseWhoDoNotSeeIt() {
    assertEquals(count(HTML, "<img "), count(HTML, "<img [^>]*alt=\"[^\"]+\""));
    assertEquals(
        count(HTML, "<svg "),
        count(HTML, "<svg [^>]*(role=\"img\" aria-label=\"[^\"]+\"|aria-hidden=\"true\")"));
    assertEquals(1, count(HTML, "<h1>"));
  }

  @Test
  void theSameReportGivesTheSameBytesInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertEquals(HTML, sample().toHtml());
    } finally {
      Locale.setDefault(before);
    }
    assertFalse(HTML.contains("NaN"));
  }

  @Test
  void whatWasNotRunIsOneLineAtTheEnd() throws IOException {
    var cell =
        Cell.done(
            "components",
            "rd",
            "visa",
            "pcb1",
            0,
            Protocol.LAST_EPOCH,
            Map.of(Metric.IMAGE_AUROC, 0.5));
    var report = of(List.of(cell));
    String html = report.toHtml();
    assertEquals(1, count(html, "class=\"experiment\""));
    assertTrue(html.contains("<h3>Table V: "));
    assertFalse(html.contains("Measured: nothing on these data sets yet."));
    int line =
        html.indexOf("Not run: Teachers (Table I), Main results (Tables II, III, IV), Altern");
    assertTrue(line > html.lastIndexOf("</section>"), "after everything else");
    assertEquals(1, count(html, "Hard patches"), "named there alone");
    report.write(folder.resolve("one"));
    assertTrue(
        Files.readString(folder.resolve("one/tables/table-1.md")).contains("Measured: nothing"));
  }

  @Test
  void withoutCellsThePageSaysSoAndTheTablesHoldWhatWasPublished() {
    var report = of(List.of());
    String html = report.toHtml();
    assertTrue(html.contains("Nothing was measured yet."));
    assertTrue(html.contains("Not run: Teachers (Table I), "));
    assertEquals(0, count(html, "class=\"experiment\""));
    assertEquals(8, ReportView.of(report).tables().size());
  }

  @Test
  void whereAllWereRunThereIsNoSuchLine() {
    assertFalse(HTML.contains("Not run: "));
  }

  @Test
  void whateverAUserNamedIsEscaped() {
    String evil = "<script>alert('x')</script>\" onerror=\"x&";
    var metrics = Map.of(Metric.IMAGE_AUROC, 0.5);
    Cell done = Cell.done(evil, evil, evil, evil, 0, Protocol.LAST_EPOCH, metrics);
    Cell failed = Cell.failed("main", "rd", "visa", evil, 0, Protocol.LAST_EPOCH, evil);
    var band = new IntensityCurve.Band(1, 1, 1);
    var report =
        new ExperimentReport(
            evil,
            evil,
            Map.of(evil, evil),
            List.of(new ExperimentReport.Notice(evil, evil)),
            new Cells(List.of(done, failed)),
            List.of(
                new Scatter(evil, evil, 1, evil, List.of(new Scatter.Panel(evil, List.of()))),
                new IntensityCurve(
                    evil, evil, 1, evil, List.of(new IntensityCurve.Point(3, band, band)))));
    String html = report.toHtml();
    assertFalse(html.contains("<script"));
    Matcher tags =
        Pattern.compile("<[a-z0-9]+((?:\\s+[a-z0-9:-]+(?:=\"[^\"]*\")?)*)\\s*/?>").matcher(html);
    int found = 0;
    while (tags.find()) {
      assertFalse(
          Pattern.compile("\\son[a-z]+=")
              .matcher(tags.group(1).replaceAll("\"[^\"]*\"", ""))
              .find());
      found++;
    }
    assertTrue(found > 100, "only " + found + " tags");
    report.write(folder.resolve("evil"));
    assertTrue(Files.exists(folder.resolve("evil/index.html")));
  }

  @Test
  void aFileInTheWayIsAClearError() throws IOException {
    Path file = folder.resolve("taken");
    Files.writeString(file, "x");
    var error = assertThrows(InputException.class, () -> SAMPLE.write(file));
    assertTrue(String.valueOf(error.getMessage()).startsWith("cannot write " + file));
  }

  @Test
  void remarksStandBelowTheTablesOfTheirExperiment() {
    Cell cell =
        Cell.done("complexity", "rd", "mvtec3d", "bagel", 0, Protocol.LAST_EPOCH, Map.of())
            .withCost(1, 0.5);
    var cells = new Cells(List.of(cell));
    var remarks =
        Map.of("complexity", List.of("Time of RD: invented."), "main", List.of("Elsewhere."));
    var report = new ExperimentReport("t", "", Map.of(), List.of(), cells, List.of(), remarks);
    assertTrue(report.toHtml().contains("Time of RD: invented."));
    for (var table : ReportView.of(report).tables()) {
      assertEquals(
          table.name().equals("table-8"),
          table.notes().contains("Time of RD: invented."),
          table.name());
      assertFalse(
          table.name().equals("table-8") && table.notes().contains("Elsewhere."), table.name());
    }
  }
}
