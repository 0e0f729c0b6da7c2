package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    "teacher, 3, none",
    "main, 2, none",
    "components, 6, none",
    "alternatives, 4, none",
    "residuals, 3, none",
    "complexity, 3, none",
    "memory-size, 5, none",
    "top-k, 5, none",
    "qualitative, 2, Comparison",
    "feature-distribution, 1, IntensityCurve Scatter",
    "residual-intensity, 1, IntensityCurve Scatter",
    "methods, 7, none"
  })
  void runsThrough(String name, int cells, String figures) throws IOException {
    var experiment = ExperimentFile.open(name);
    var outcome =
        ExperimentRun.execute(
            TinyExperiment.request(experiment, data, out, List.of(0L), Set.of()),
            new ExperimentListener() {});
    assertEquals(List.of(), outcome.failed());
    assertEquals(cells, outcome.cells().size());
    for (var cell : outcome.cells()) {
      boolean trained =
          experiment.rows().stream().anyMatch(r -> r.key().equals(cell.row()) && r.trained());
      assertEquals(trained, cell.metric(Metric.AUPRO).isPresent(), cell.row());
      assertEquals(experiment.cost(), cell.parametersMillions().orElse(0) > 0, cell.row());
      assertEquals(experiment.cost(), cell.inferenceSeconds().orElse(0) > 0, cell.row());
      assertEquals(experiment.use(), cell.modelMegabytes().orElse(0) > 0, cell.row());
      assertEquals(experiment.use(), cell.latencyMilliseconds().orElse(0) > 0, cell.row());
    }
    assertEquals(figures, figures(name));
    var page = Files.readString(outcome.page());
    assertTrue(page.contains("random"), "a random teacher is labelled");
    assertTrue(page.contains("AUROC") || page.contains("AUC"), "measured values are shown");
  }

  /** The kinds of figures that an experiment has written. */
  private static String figures(String name) throws IOException {
    var folder = out.resolve(ExperimentOutput.FIGURES);
    if (!Files.exists(folder)) {
      return "none";
    }
    var kinds = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(folder, name + "-*.json")) {
      for (var file : files) {
        var figure = FigureJson.read(file);
        assertEquals("product", figure.dataset());
        kinds.add(figure.getClass().getSimpleName());
      }
    }
    return kinds.isEmpty() ? "none" : String.join(" ", kinds);
  }
}
