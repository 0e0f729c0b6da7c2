package org.aand.report.experiment.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.aand.report.Protocol;
import org.aand.report.experiment.published.PublishedTable.Column;
import org.aand.report.experiment.published.PublishedTable.Row;
import org.junit.jupiter.api.Test;

/** The transcription of the paper's tables agrees with the paper and with itself. */
class PublishedTest {
  private static PublishedTable table(String id) {
    return Published.tables().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
  }

  private static double value(String id, String row, int column) {
    Double value = table(id).row(row).orElseThrow().values().get(column);
    assertNotNull(value, id + " " + row + " " + column);
    return value;
  }

  @Test
  void everyTableIsWholeAndNamesItsSource() {
    assertEquals(
        List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII"),
        Published.tables().stream().map(PublishedTable::id).toList());
    assertEquals(
        List.of(3, 99, 65, 55, 54, 24, 18, 15),
        Published.tables().stream().map(t -> t.rows().size() * t.columns().size()).toList());
    // The dashes: 14 in Table II, 1 in Table VI.
    assertEquals(
        List.of(0L, 14L, 0L, 0L, 0L, 1L, 0L, 0L),
        Published.tables().stream()
            .map(t -> t.rows().stream().flatMap(r -> r.values().stream()))
            .map(values -> values.filter(Objects::isNull).count())
            .toList());
    for (PublishedTable table : Published.tables()) {
      assertTrue(table.source().startsWith("Table " + table.id() + " of Tang et al."));
      assertEquals(Protocol.BEST_ON_TEST, table.protocol());
      for (Column column : table.columns()) {
        String dataset = column.dataset();
        if (dataset != null) {
          Dataset known = Published.dataset(dataset).orElseThrow();
          assertTrue(column.category() == null || known.categories().contains(column.category()));
        }
      }
    }
    assertEquals(
        List.of(15, 12, 10),
        Published.datasets().stream().map(dataset -> dataset.categories().size()).toList());
  }

  /** Each printed value may be off by 0.05, and so may their mean, which is rounded once more. */
  @Test
  void everyPrintedMeanIsThatOfItsCategories() {
    int means = 0;
    for (PublishedTable table : Published.tables()) {
      for (int c = 0; c < table.columns().size(); c++) {
        List<Integer> parts = parts(table, c);
        for (Row row : parts.isEmpty() ? List.<Row>of() : table.rows()) {
          double mean =
              parts.stream()
                  .mapToDouble(i -> Objects.requireNonNull(row.values().get(i)))
                  .average()
                  .orElseThrow();
          double printed = Objects.requireNonNull(row.values().get(c));
          assertEquals(printed, mean, 0.1, table.id() + " " + row.key());
          means++;
        }
      }
    }
    assertEquals(10, means);
  }

  /** The columns of the categories that a column is the mean of, if the table has them all. */
  private static List<Integer> parts(PublishedTable table, int mean) {
    Column whole = table.columns().get(mean);
    var parts = new ArrayList<Integer>();
    for (int i = 0; i < table.columns().size(); i++) {
      Column column = table.columns().get(i);
      if (whole.category() == null
          && column.category() != null
          && Objects.equals(column.dataset(), whole.dataset())
          && column.measure() == whole.measure()) {
        parts.add(i);
      }
    }
    int all =
        whole.dataset() == null
            ? 0
            : Published.dataset(whole.dataset()).orElseThrow().categories().size();
    return parts.size() == all ? parts : List.of();
  }

  @Test
  void whatIsPrintedTwiceIsTheSameInBothPlaces() {
    for (String row : List.of("patchcore", "rd", "rd++", "aand")) {
      assertEquals(value("II", row, 3), value("III", row, 12));
      assertEquals(value("II", row, 6), value("IV", row, 10));
    }
    assertEquals(table("II").row("rd").orElseThrow().values(), values("V", "rd"));
    assertEquals(table("II").row("aand").orElseThrow().values(), values("V", "aand"));
    int[] inTable2 = {0, 2, 3, 5, 6, 8};
    for (int c = 0; c < 6; c++) {
      assertEquals(values("II", "aand").get(inTable2[c]), values("VI", "aand").get(c));
      assertEquals(values("II", "aand").get(inTable2[c]), values("VII", "tanh").get(c));
      assertEquals(
          values("II", "simplenet-released").get(inTable2[c]),
          values("VI", "simplenet-released").get(c));
    }
    for (String row : List.of("rd", "rd++", "aand")) {
      assertEquals(values("II", row).subList(6, 9), values("VIII", row).subList(2, 5));
    }
    assertEquals(value("I", "rd", 0), value("V", "rd", 3));
    assertEquals(value("I", "raa", 0), value("V", "raa", 3));
  }

  private static List<Double> values(String id, String row) {
    return table(id).row(row).orElseThrow().values();
  }

  /** MRG alone stands in V (a) and VI (c); where they differ, the data file says so. */
  @Test
  void everyContradictionOfThePaperIsMarked() {
    int[] inTable5 = {0, 2, 3, 5, 6, 8};
    var differing = new ArrayList<String>();
    for (int c = 0; c < 6; c++) {
      if (value("V", "mrg", inTable5[c]) != value("VI", "mrg", c)) {
        differing.add("mrg " + c);
      }
    }
    assertEquals(
        differing,
        table("VI").misfits().stream()
            .map(misfit -> misfit.row() + " " + misfit.column())
            .toList());
    assertEquals(1, Published.tables().stream().mapToInt(table -> table.misfits().size()).sum());
  }

  /** The sentences of section IV-C that compare with RD and with the best of the others. */
  @Test
  void theImprovementsThatTheTextNamesFollowFromTheTables() {
    assertEquals(1.0, value("II", "aand", 0) - value("II", "rd", 0), 1e-9);
    assertEquals(1.0, value("II", "aand", 2) - value("II", "rd", 2), 1e-9);
    assertEquals(1.9, value("II", "aand", 3) - value("II", "rd", 3), 1e-9);
    assertEquals(1.4, value("II", "aand", 5) - value("II", "rd", 5), 1e-9);
    assertEquals(2.1, value("II", "aand", 6) - value("II", "rd", 6), 1e-9);
    assertEquals(0.8, value("II", "aand", 8) - value("II", "rd", 8), 1e-9);
    assertEquals(1.6, value("III", "aand", 1) - value("III", "rd", 1), 1e-9);
    assertEquals(4.6, value("III", "aand", 6) - value("III", "rd", 6), 1e-9);
    assertEquals(1.7, value("IV", "aand", 7) - value("IV", "rd++", 7), 1e-9);
    assertEquals(5.0, value("IV", "aand", 9) - value("IV", "rd", 9), 1e-9);
  }

  /** Every row's values stand in the paper's text one after the other. */
  @Test
  void everyRowStandsInThePaper() throws IOException {
    Path paper =
        Path.of(System.getProperty("aand.shared", "../shared"), "reference/paper/aand.txt");
    assumeTrue(Files.exists(paper), "skipped: there is no text of the paper at " + paper);
    List<String> lines =
        Files.readAllLines(paper).stream().map(line -> line.replaceAll("[\\s|/✓]+", " ")).toList();
    for (PublishedTable table : Published.tables()) {
      for (Row row : table.rows()) {
        String values =
            row.values().stream().map(PublishedTest::printed).collect(Collectors.joining(" "));
        String name = row.text().get(row.text().size() > 2 && table.id().equals("II") ? 1 : 0);
        String compact = name.replaceAll("[\\s/]", "");
        assertTrue(
            lines.stream()
                .anyMatch(
                    line ->
                        line.replaceAll("\\s", "").contains(compact)
                            && (" " + line + " ").contains(" " + values + " ")),
            table.id() + " " + name + " " + values);
      }
    }
  }

  private static String printed(Double value) {
    if (value == null) {
      return "-";
    }
    int decimals = value < 1 ? 3 : value > 100 ? 2 : 1;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
