package org.aand.report.experiment.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.published.Dataset;
import org.aand.report.experiment.published.Published;
import org.junit.jupiter.api.Test;

class ResultTablesTest {
  private static Cell cell(
      String experiment, String row, String category, long seed, double auroc) {
    return Cell.done(
        experiment,
        row,
        "visa",
        category,
        seed,
        Protocol.LAST_EPOCH,
        Map.of(Metric.IMAGE_AUROC, auroc));
  }

  private static Table paper(int number, List<Cell> cells) {
    return ResultTables.paper(new Cells(cells), "ResNet-18").get(number - 1);
  }

  private static Table.Line line(Table table, String method, String label) {
    return table.groups().stream()
        .filter(group -> group.text().contains(method))
        .flatMap(group -> group.lines().stream())
        .filter(line -> line.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> values(Table.Line line) {
    return line.entries().stream()
        .map(
            e ->
                !e.hasValue()
                    ? e.state().word()
                    : e.value()
                        + (e.deviation().isEmpty() ? "" : "±" + e.deviation())
                        + (e.coverage().isEmpty() ? "" : " of " + e.coverage())
                        + (e.best() ? "!" : ""))
        .toList();
  }

  @Test
  void withoutCellsThePapersTablesStandWithTheirBestInBold() {
    Table table = paper(2, List.of());
    assertEquals(11, table.groups().size());
    assertTrue(table.groups().stream().allMatch(group -> group.lines().size() == 1));
    assertEquals(
        List.of("99.5", "98.4!", "95.0!", "98.1!", "99.0!", "94.8!", "90.6!", "99.2!", "97.5!"),
        values(line(table, "Ours", "published")));
    assertEquals(
        List.of("99.6!", "98.1", "–", "80.8", "89.5", "69.4", "84.1", "96.0", "88.0"),
        values(line(table, "SimpleNet [32]", "published")));
    assertTrue(table.protocols().get(0).contains("official"));
    assertEquals("Measured: nothing on these data sets yet.", table.protocols().get(1));
  }

  @Test
  void lessIsBetterForTimeAndParameters() {
    Table table = paper(8, List.of());
    assertEquals(
        List.of("0.024!", "161.08!", "88.5", "99.0", "96.7"),
        values(line(table, "RD", "published")));
  }

  @Test
  void meanDeviationAndDifferenceOfAWholeDataSet() {
    var cells = new ArrayList<Cell>();
    for (String category : visa().categories()) {
      // Seeds' means 97.0 and 98.0: mean 97.5, sample deviation 0.707.
      cells.add(cell("main", "rd", category, 0, 0.97));
      cells.add(cell("main", "rd", category, 1, 0.98));
    }
    Table table = paper(3, cells);
    assertEquals("97.5±0.71", values(line(table, "RD [3]", "measured")).get(12));
    assertEquals("+1.3", values(line(table, "RD [3]", "difference")).get(12));
    assertEquals("+2.2", values(line(table, "RD [3]", "difference")).get(0));
    assertEquals("−2.0".replace('−', '-'), values(line(table, "RD [3]", "difference")).get(10));
    assertEquals(
        "Measured: last-epoch (weights of the last epoch; the test set decided nothing), seeds 0,"
            + " 1; ResNet-18.",
        table.protocols().get(1));
    assertEquals(
        List.of("missing", "missing"), values(line(table, "Ours", "measured")).subList(11, 13));
  }

  private static Dataset visa() {
    return Published.dataset("visa").orElseThrow();
  }

  @Test
  void aMeanOverSomeCategoriesSaysSoAndHasNoDifference() {
    Table table = paper(5, List.of(cell("components", "rd", "pcb1", 0, 0.9)));
    assertEquals("90.0 of 1/12", values(line(table, "base", "measured")).get(3));
    assertEquals("–", values(line(table, "base", "difference")).get(3));
    assertEquals("missing", values(line(table, "base", "measured")).get(4));
    assertTrue(table.notes().stream().anyMatch(note -> note.startsWith("A fraction such as")));
  }

  @Test
  void theBestIsChosenAmongRowsThatCoverTheSame() {
    List<Cell> cells =
        List.of(
            cell("components", "rd", "pcb1", 0, 0.90),
            cell("components", "rd", "pcb2", 0, 0.80),
            cell("components", "raa", "pcb1", 0, 0.91),
            cell("components", "raa", "pcb2", 0, 0.8104),
            cell("components", "aand", "pcb1", 0, 0.91),
            cell("components", "aand", "pcb2", 0, 0.81),
            cell("components", "hkd", "pcb1", 0, 0.99));
    Table table = paper(5, cells);
    assertEquals("85.0 of 2/12", values(line(table, "base", "measured")).get(3));
    assertEquals("86.0 of 2/12!", values(line(table, "(c)", "measured")).get(3));
    assertEquals("86.0 of 2/12!", values(line(table, "(e)", "measured")).get(3));
    assertEquals("99.0 of 1/12", values(line(table, "(d)", "measured")).get(3));
  }

  @Test
  void aFailedCellIsNamedWithItsReason() {
    var failed =
        Cell.failed("main", "rd", "visa", "candle", 0, Protocol.LAST_EPOCH, "no image in train");
    Table table = paper(3, List.of(failed));
    assertEquals("failed", values(line(table, "RD [3]", "measured")).get(0));
    assertEquals(
        List.of("RD, VisA / candle, seed 0, last-epoch: no image in train"), table.failures());
    assertTrue(paper(4, List.of(failed)).failures().isEmpty());
    for (String text : List.of(MarkdownTable.of(table), LatexTable.of(table))) {
      assertTrue(text.contains("no image in train"));
    }
  }

  @Test
  void twoProtocolsStandInTwoLines() {
    var best =
        Cell.done(
            "main",
            "rd",
            "visa",
            "candle",
            0,
            Protocol.BEST_ON_TEST,
            Map.of(Metric.IMAGE_AUROC, 0.96));
    Table table = paper(3, List.of(cell("main", "rd", "candle", 0, 0.95), best));
    assertEquals("95.0", values(line(table, "RD [3]", "measured, last-epoch")).get(0));
    assertEquals("-0.3", values(line(table, "RD [3]", "difference, last-epoch")).get(0));
    assertEquals("+0.7", values(line(table, "RD [3]", "difference, official")).get(0));
    assertEquals(3, table.protocols().size());
  }

  @Test
  void timesAreNotComparedButParametersAre() {
    Cell cell =
        Cell.done("complexity", "rd", "mine", "x", 0, Protocol.LAST_EPOCH, Map.of())
            .withCost(161.078, 0.5);
    Table table = paper(8, List.of(cell));
    assertEquals(
        List.of("0.500", "161.08", "missing", "missing", "missing"),
        values(line(table, "RD", "measured")));
    assertEquals(List.of("–", "0.00", "–", "–", "–"), values(line(table, "RD", "difference")));
    assertTrue(ResultTables.details(new Cells(List.of(cell)), "complexity", "").isEmpty());
  }

  @Test
  void rowsBeyondThePaperAreAddedBelow() {
    Table table = paper(3, List.of(cell("main", "mine", "pcb1", 0, 0.5)));
    Table.Group last = table.groups().get(table.groups().size() - 1);
    assertEquals(List.of("mine (not in the paper)", ""), last.text());
    assertEquals("50.0", values(last.lines().get(0)).get(7));
    assertTrue(last.opens());
  }

  @Test
  void aDataSetBeyondThePaperHasItsTableOfAllRows() {
    var cells = new ArrayList<Cell>();
    for (String row : List.of("aand", "rd", "other")) {
      for (String category : List.of("b", "a")) {
        double value = row.equals("aand") && category.equals("a") ? 0.7 : 0.6;
        cells.add(
            Cell.done(
                "components",
                row,
                "tiles & more",
                category,
                0,
                Protocol.LAST_EPOCH,
                Map.of(Metric.AUPRO, value)));
      }
    }
    List<Table> tables = ResultTables.details(new Cells(cells), "components", "");
    assertEquals(1, tables.size());
    Table table = tables.get(0);
    assertEquals("detail-components-tiles---more", table.name());
    assertFalse(table.hasKinds());
    assertEquals(List.of("a", "b", "mean"), table.heads().stream().map(Table.Head::line).toList());
    assertEquals(
        List.of("base (RD)", "(e) MRG + ARG + HKD", "other"),
        table.groups().stream().map(group -> group.text().get(1)).toList());
    assertEquals(List.of("70.0!", "60.0!", "65.0!"), values(table.groups().get(1).lines().get(0)));
    assertEquals(
        """
        Metric,Method,a,b,mean
        PRO,base (RD),60.0,60.0,60.0
        PRO,(e) MRG + ARG + HKD,70.0,60.0,65.0
        PRO,other,60.0,60.0,60.0
        """,
        CsvTable.of(table));
  }

  @Test
  void sweptValuesStandInTheOrderOfTheirSize() {
    var cells = new ArrayList<Cell>();
    for (String row : List.of("100", "5", "20", "x")) {
      cells.add(cell("top-k", row, "pcb1", 0, 0.5));
    }
    Table table = ResultTables.details(new Cells(cells), "top-k", "").get(0);
    assertEquals(
        List.of("5", "20", "100", "x"),
        table.groups().stream().map(group -> group.text().get(1)).toList());
  }

  @Test
  void theThreeFormsOfOneTable() {
    Cell failed =
        Cell.failed(
            "alternatives", "aand", "visa", "pipe_fryum", 0, Protocol.LAST_EPOCH, "50% | x");
    var cells = new ArrayList<Cell>(List.of(failed));
    for (String category : visa().categories()) {
      for (int seed = 0; seed < 2; seed++) {
        cells.add(cell("alternatives", "mrg", category, seed, 0.90 + 0.001 * seed));
        cells.add(cell("alternatives", "contrastive", category, seed, 0.8));
      }
    }
    Table table = paper(6, cells);
    String markdown = MarkdownTable.of(table);
    assertTrue(
        markdown.startsWith("### Table VI: Alternative ways to tell normal from abnormal\n"));
    assertTrue(
        markdown.contains(
            "| (c) Our MRG | published | 94.4 | 94.7 † | 90.7 | 88.2 | 81.2 | 91.7 |\n"
                + "|  | measured | missing | missing | **90.1** ± 0.07 | missing | missing |"
                + " missing |\n"
                + "|  | difference | – | – | −0.6 | – | – | – |\n"),
        markdown);
    assertTrue(
        markdown.contains(
            "- Failed: (d) Our AAND, VisA / pipe\\_fryum, seed 0, last-epoch: 50% \\| x"));
    assertTrue(markdown.contains("\n- †: PRO of MRG alone"));
    String latex = LatexTable.of(table);
    assertTrue(
        latex.contains(
            "(c) Our MRG & published & 94.4 & 94.7$^\\dagger$ & 90.7 & 88.2 & 81.2 & 91.7 \\\\\n"
                + " & measured & \\textit{missing} & \\textit{missing} & \\textbf{90.1} $\\pm$ 0.07"),
        latex);
    assertTrue(
        latex.contains(
            "\\multicolumn{2}{c}{MvTec AD} & \\multicolumn{2}{c}{VisA} &"
                + " \\multicolumn{2}{c}{MvTec3D-RGB} \\\\\n"
                + "\\cmidrule(lr){3-4}\\cmidrule(lr){5-6}\\cmidrule(lr){7-8}\n"),
        latex);
    assertTrue(latex.contains("pipe\\_fryum, seed 0, last-epoch: 50\\% | x"));
    String csv = CsvTable.of(table);
    assertTrue(
        csv.startsWith(
            "Method,Values,MvTec AD I-AUC,MvTec AD PRO,VisA I-AUC,VisA I-AUC deviation,VisA PRO,"
                + "MvTec3D-RGB I-AUC,MvTec3D-RGB PRO\n"),
        csv);
    assertTrue(csv.contains("\n(c) Our MRG,measured,missing,missing,90.1,0.07,missing"), csv);
    assertTrue(csv.contains("\n(c) Our MRG,difference,,,-0.6,,,,\n"), csv);
    assertTrue(csv.contains("\n(d) Our AAND,measured,missing,missing,failed,,failed,missing"), csv);
  }
}
