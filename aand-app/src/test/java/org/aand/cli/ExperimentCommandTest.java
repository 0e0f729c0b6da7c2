package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.experiment.ExperimentFile;
import org.aand.report.experiment.Cells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code experiment} as a user calls it. */
class ExperimentCommandTest {
  private static final String GATE =
      """
      {"experiment": "gate", "rows": [
        {"row": "mrg", "variant": {"residual": "none", "hardest": 0}}]}
      """;

  private final Path folder;
  private final Path data;
  private final Path config;

  ExperimentCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.config = folder.resolve("gate.json");
    ProductDataset.write(data, new ProductSettings("gear", 64, 2, 1, 1, 7));
    Files.writeString(config, GATE);
  }

  @Test
  void itRunsWhatIsMissingAndWritesTheCells() {
    var first = experiment(config.toString(), "PRODUCT=" + data);
    assertEquals(0, first.exitCode(), first.err());
    assertTrue(first.out().contains("[0 of 1 done] product gear MRG seed 0"), first.out());
    assertTrue(first.out().contains("1 cells done, 0 failed"), first.out());
    var cell = Cells.readCsv(folder.resolve("out/cells.csv")).all().get(0);
    assertEquals("product", cell.dataset());

    var second = experiment(config.toString(), "product=" + data);
    assertEquals(0, second.exitCode(), second.err());
    assertTrue(!second.out().contains("[0 of 1 done]"), second.out());
  }

  @Test
  void aFailedCellIsToldAndTheExitCodeIsOne() throws IOException {
    try (var images = Files.list(data.resolve("gear/train/good"))) {
      Files.write(images.sorted().findFirst().orElseThrow(), new byte[] {1});
    }
    var program = experiment(config.toString(), "product=" + data);
    assertEquals(1, program.exitCode());
    assertTrue(program.out().contains("failed: product gear mrg seed 0: "), program.out());
  }

  @Test
  void mistakesAreNamedInOneLine() {
    for (var program :
        new Program[] {
          experiment("tables", "product=" + data),
          experiment(config.toString(), "product=" + folder.resolve("nowhere"))
        }) {
      assertEquals(1, program.exitCode());
      assertEquals(1, program.err().lines().count(), program.err());
    }
    assertEquals(2, experiment(config.toString(), data.toString()).exitCode());
  }

  /** Spark is no part of the program, so that it says how Spark starts it. */
  @Test
  void whereSparkIsMissingItIsSaidWhatToRun() {
    var program = experiment(config.toString(), "product=" + data, "--on", "spark");
    assertEquals(1, program.exitCode());
    assertTrue(program.err().startsWith("aand: Spark is not on the class path"), program.err());
    assertTrue(program.err().contains("org.aand.spark.experiment.Experiment"), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  /** What a scheduler's task does, and what collects afterwards. */
  @Test
  void oneRunAloneIsDoneAndCollectedLater() {
    var from = "product=" + data;
    var one = experiment(config.toString(), from, "--only", "product gear MRG seed 0");
    assertEquals(0, one.exitCode(), one.err());
    assertTrue(Files.notExists(folder.resolve("out/cells.csv")));
    var unknown = experiment(config.toString(), from, "--only", "product cog MRG seed 0");
    assertEquals("aand: the experiment has no run product cog MRG seed 0", unknown.err().strip());

    var all = experiment(config.toString(), from);
    assertTrue(all.out().contains("1 cells done, 0 failed"), all.out());
    assertTrue(!all.out().contains("[0 of 1 done]"), "it was there: " + all.out());
  }

  @Test
  void helpNamesEveryExperiment() {
    var help = Program.run("experiment", "--help").out().replaceAll("\\s+", " ");
    ExperimentFile.NAMES.forEach(name -> assertTrue(help.contains(name), name));
  }

  private Program experiment(String experiment, String from, String... more) {
    var words =
        new ArrayList<>(List.of("experiment", "--config", experiment, "--data", from, "--out"));
    words.add(folder.resolve("out").toString());
    words.addAll(List.of("--random-teacher", "--backbone", "resnet18", "--image-size", "64"));
    words.addAll(List.of("--batch-size", "2", "--stage1-epochs", "1", "--stage2-epochs", "1"));
    words.addAll(List.of(more));
    return Program.run(words.toArray(String[]::new));
  }
}
