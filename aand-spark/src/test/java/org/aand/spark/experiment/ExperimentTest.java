package org.aand.spark.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An experiment on Spark gives the cells that it gives here. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ExperimentTest {
  private static Path folder = Path.of("");
  private static Path data = Path.of("");

  @BeforeAll
  static void draw(@TempDir Path temporary) {
    folder = temporary;
    data = folder.resolve("data");
    ProductDataset.write(data, new ProductSettings("gear", 64, 4, 3, 1, 7));
    ProductDataset.write(data, new ProductSettings("bolt", 64, 4, 3, 1, 8));
  }

  private record Program(int exitCode, String out, String err) {}

  private interface Start {
    int run(PrintWriter out, PrintWriter err, String... arguments);
  }

  private static Program start(Start program, Path out, String... more) {
    var words =
        new ArrayList<>(
            List.of("--config", "main", "--data", "mvtec=" + data, "--out", out.toString()));
    words.addAll(List.of("--backbone", "resnet18", "--random-teacher", "--image-size", "64"));
    words.addAll(List.of("--batch-size", "2", "--stage1-epochs", "1", "--stage2-epochs", "1"));
    words.addAll(List.of(more));
    var said = new StringWriter();
    var err = new StringWriter();
    int code =
        program.run(
            new PrintWriter(said, true), new PrintWriter(err, true), words.toArray(String[]::new));
    return new Program(code, said.toString(), err.toString());
  }

  private static int here(PrintWriter out, PrintWriter err, String... arguments) {
    var words = new ArrayList<>(List.of("experiment"));
    words.addAll(List.of(arguments));
    return org.aand.cli.Main.run(out, err, words.toArray(String[]::new));
  }

  /** Without the seconds, which no two runs share. */
  private static List<Cell> cells(Path out) {
    return Cells.readCsv(out.resolve("cells.csv")).all().stream()
        .map(cell -> cell.withSeconds(0))
        .toList();
  }

  @Test
  void theMainExperimentGivesTheSameCells() {
    var local = start(ExperimentTest::here, folder.resolve("local"));
    assertEquals(0, local.exitCode(), local.err());
    var spark = start(Experiment::run, folder.resolve("spark"), "--master", "local[2]");
    assertEquals(0, spark.exitCode(), spark.err());

    assertTrue(spark.out().contains("[4 of 4 done"), spark.out());
    assertTrue(spark.out().contains("4 cells done, 0 failed"), spark.out());
    assertEquals(cells(folder.resolve("local")), cells(folder.resolve("spark")));
    assertTrue(Files.exists(folder.resolve("spark/report/index.html")));

    var again = start(Experiment::run, folder.resolve("spark"), "--master", "local[2]");
    assertEquals(0, again.exitCode(), again.err());
    assertFalse(again.out().contains(" done] "), "nothing was left: " + again.out());
  }

  @Test
  void mistakesAreToldInOneLine() throws IOException {
    var out = folder.resolve("never");
    refused(
        "it is not said how many cores a training has",
        start(Experiment::run, out, "--master", "k8s://https://cluster"));
    refused(
        "the master spark://127.0.0.1:1 cannot be reached",
        start(Experiment::run, out, "--master", "spark://127.0.0.1:1"));
    refused(
        "the path textures is relative",
        start(Experiment::run, out, "--master", "local[2]", "--textures", "textures"));
    assertEquals(1, start(ExperimentTest::here, out, "--on", "slurm").exitCode());
    assertFalse(Files.exists(out));
  }

  private static void refused(String why, Program program) {
    assertEquals(1, program.exitCode());
    assertTrue(program.err().startsWith("aand: " + why), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }
}
