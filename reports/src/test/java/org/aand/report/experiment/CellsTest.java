package org.aand.report.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.aand.common.InputException;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellsTest {
  /** As it was before there was anything of use. */
  private static final Cell OLDER =
      Cell.done(
              "main",
              "aand",
              "mvtec",
              "bottle",
              0,
              Protocol.LAST_EPOCH,
              Map.of(Metric.IMAGE_AUROC, 1.0, Metric.AUPRO, 0.1 + 0.2))
          .withCost(170.45, 0.027)
          .withSeconds(1234.5);

  private static final Cell BOTTLE = OLDER.withUse(95.5, 61.25);
  private static final Cell BROKEN =
      Cell.failed(
          "main",
          "rd",
          "visa",
          "candle",
          -3,
          Protocol.BEST_ON_TEST,
          "no image \"a, b\"\n in train; check ÄÖ 漢");

  @TempDir Path folder = Path.of("");

  @Test
  void theCsvIsWhatASpreadsheetExpects() throws IOException {
    Path file = folder.resolve("cells.csv");
    new Cells(List.of(BROKEN, BOTTLE)).writeCsv(file);
    assertEquals(
        """
        experiment,row,dataset,category,seed,protocol,status,message,image_auroc,pixel_auroc,\
        aupro_0.3,image_ap,pixel_ap,image_f1_max,pixel_f1_max,aupro_0.05,seg_f1,aupimo,\
        parameters_millions,\
        inference_seconds,seconds,model_megabytes,latency_ms
        main,aand,mvtec,bottle,0,last-epoch,done,,1.0,,0.30000000000000004,,,,,,,,170.45,0.027,1234.5,\
        95.5,61.25
        main,rd,visa,candle,-3,official,failed,"no image ""a, b"" in train; check ÄÖ 漢",\
        ,,,,,,,,,,,,,,
        """,
        Files.readString(file));
  }

  @Test
  void aFileOfFewerMetricsIsRead() throws IOException {
    Path file = folder.resolve("old.csv");
    Files.writeString(
        file,
        """
        experiment,row,dataset,category,seed,protocol,status,message,image_auroc,pixel_auroc,\
        aupro_0.3,image_ap,pixel_ap,image_f1_max,pixel_f1_max,parameters_millions,\
        inference_seconds,seconds
        main,aand,mvtec,bottle,0,last-epoch,done,,1.0,,0.30000000000000004,,,,,170.45,0.027,1234.5
        """);
    assertEquals(new Cells(List.of(OLDER)), Cells.readCsv(file));
  }

  @Test
  void whateverIsWrittenIsReadBackFromBothFormsInAnyLocale() {
    var random = new Random(7);
    Locale before = Locale.getDefault();
    try {
      for (int round = 0; round < 40; round++) {
        Locale.setDefault(round % 2 == 0 ? Locale.GERMANY : Locale.forLanguageTag("ar-EG"));
        List<Cell> list = cells(random);
        var cells = new Cells(list);
        cells.writeCsv(folder.resolve("a/cells.csv"));
        cells.writeJson(folder.resolve("a/cells.json"));
        assertEquals(cells, Cells.readCsv(folder.resolve("a/cells.csv")));
        assertEquals(cells, Cells.readJson(folder.resolve("a/cells.json")));
        Collections.shuffle(list, random);
        assertEquals(CellFormat.toCsv(cells.all()), CellFormat.toCsv(new Cells(list).all()));
        assertEquals(CellFormat.toJson(cells.all()), CellFormat.toJson(new Cells(list).all()));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<Cell> cells(Random random) {
    String[] names = {
      "aand", "a,b", "\"q\"", " leading", "50", "ä\u00a0b", "=1+1", "#x", "line\nb"
    };
    var cells = new ArrayList<Cell>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String row = names[random.nextInt(names.length)];
      String category = names[random.nextInt(names.length)];
      Protocol protocol = List.of(Protocol.values()).get(random.nextInt(Protocol.values().length));
      if (random.nextInt(4) == 0) {
        String why = "it broke:\t" + names[random.nextInt(names.length)];
        cells.add(Cell.failed("components", row, "visa", category, i, protocol, why));
        continue;
      }
      var metrics = new EnumMap<Metric, Double>(Metric.class);
      for (Metric metric : Metric.values()) {
        if (random.nextBoolean()) {
          metrics.put(metric, random.nextInt(5) == 0 ? Double.NaN : random.nextDouble());
        }
      }
      Cell cell = Cell.done("components", row, "visa", category, i, protocol, metrics);
      cell = random.nextBoolean() ? cell.withSeconds(1e-7 * random.nextDouble()) : cell;
      cells.add(random.nextBoolean() ? cell.withCost(80 * random.nextDouble(), 1e22) : cell);
    }
    return cells;
  }

  @Test
  void theSameCellTwiceIsRefused() {
    Cell again = Cell.failed("main", "aand", "mvtec", "bottle", 0, Protocol.LAST_EPOCH, "x");
    assertThrows(IllegalArgumentException.class, () -> new Cells(List.of(BOTTLE, again)));
  }

  @Test
  void aCellIsEitherMeasuredOrSaysWhyNot() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Cell.failed("main", "aand", "visa", "pcb1", 0, Protocol.LAST_EPOCH, " "));
    assertThrows(
        IllegalArgumentException.class,
        () -> Cell.done("main", "", "visa", "pcb1", 0, Protocol.LAST_EPOCH, Map.of()));
  }

  @Test
  void aFileThatCannotBeUsedIsNamedWithItsCell() throws IOException {
    var cases =
        List.of(
            "experiment,row\nmain,aand\n",
            "experiment,row,dataset,category,seed,protocol,status\na,b,c,d,1,guess,done\n",
            "experiment,row,dataset,category,seed,protocol,status\na,b,c,d,x,last-epoch,done\n",
            "experiment,row,dataset,category,seed,protocol,status\na,b,c,d,1,last-epoch,failed\n",
            "experiment,row,dataset,category,seed,protocol,status\na,b,c,d,1,last-epoch,\"done\n");
    for (String text : cases) {
      assertUnusable(text, Cells::readCsv);
    }
    for (String text : List.of("", "{}", "[{}]", "[1]", "[{\"experiment\":")) {
      assertUnusable(text, Cells::readJson);
    }
    Path twice = folder.resolve("twice.csv");
    new Cells(List.of(BOTTLE)).writeCsv(twice);
    Files.writeString(twice, Files.readString(twice) + Files.readAllLines(twice).get(1) + "\n");
    var error = assertThrows(InputException.class, () -> Cells.readCsv(twice));
    assertTrue(String.valueOf(error.getMessage()).contains("the same cell twice"));
    Path none = folder.resolve("none.csv");
    error = assertThrows(InputException.class, () -> Cells.readCsv(none));
    assertTrue(String.valueOf(error.getMessage()).startsWith("no file of cells " + none));
  }

  private void assertUnusable(String text, Consumer<Path> reader) throws IOException {
    Path file = folder.resolve("bad");
    Files.writeString(file, text);
    var error = assertThrows(InputException.class, () -> reader.accept(file), text);
    assertTrue(String.valueOf(error.getMessage()).startsWith(file.toString()), error.getMessage());
    assertEquals(1, String.valueOf(error.getMessage()).lines().count(), error.getMessage());
  }
}
