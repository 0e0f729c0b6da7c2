package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.aand.report.Metric;
import org.aand.report.experiment.figure.FigureJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every table and figure of the paper in miniature, in one output folder. */
class PaperExperimentsTest {
  private static Path data = Path.of("");
  private static Path out = Path.of("");

  @BeforeAll
  static void draw(@TempDir Path folder) {
    data = folder.resolve("data");
    out = folder.resolve("out");
    TinyExperiment.draw(data, "gear");
  }

  @ParameterizedTest
  @CsvSource({
    "teacher, 3, 0",
    "main, 2, 0",
    "components, 6, 0",
    "alternatives, 4, 0",
    "residuals, 3, 0",
    "complexity, 3, 0",
    "memory-size, 5, 0",
    "top-k, 5, 0",
    "qualitative, 2, 1",
    "feature-distribution, 1, 6",
    "residual-intensity, 1, 6"
  })
  void runsThrough(String name, int cells, int figures) throws IOException {
    var experiment = ExperimentFile.open(name);
    var outcome =
        ExperimentRun.execute(
            TinyExperiment.request(experiment, data, out, List.of(0L), Set.of()),
            new ExperimentListener() {});
    assertEquals(List.of(), outcome.failed());
    assertEquals(cells, outcome.cells().size());
    for (var cell : outcome.cells()) {
      boolean trained = !cell.row().equals("rd++");
      assertEquals(trained, cell.metric(Metric.AUPRO).isPresent(), cell.row());
      assertEquals(experiment.cost(), cell.parametersMillions().orElse(0) > 0, cell.row());
      assertEquals(experiment.cost(), cell.inferenceSeconds().orElse(0) > 0, cell.row());
    }
    assertEquals(figures, figures(name));
  }

  private static int figures(String name) throws IOException {
    var folder = out.resolve(ExperimentOutput.FIGURES);
    if (!Files.exists(folder)) {
      return 0;
    }
    int count = 0;
    try (var files = Files.newDirectoryStream(folder, name + "-*.json")) {
      for (var file : files) {
        assertTrue(FigureJson.read(file).dataset().equals("product"), file.toString());
        count++;
      }
    }
    return count;
  }
}
