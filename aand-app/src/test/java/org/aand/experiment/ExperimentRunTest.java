package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aand.common.InputException;
import org.aand.pipeline.ChildJvm;
import org.aand.report.Metric;
import org.aand.report.experiment.Cells;
import org.aand.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is run, once, whatever fails, is killed, or runs beside it. */
class ExperimentRunTest {
  private static final Experiment GATES = TinyExperiment.GATES;

  /** Shares its first row's method with the other. */
  private static final Experiment MORE_GATES =
      ExperimentFile.read(
          """
          {"experiment": "more-gates", "rows": [
            {"row": "mrg", "variant": {"residual": "none", "hardest": 0}},
            {"row": "25", "variant": {"residual": "none", "hardest": 0, "memoryItems": 25}}]}
          """,
          "more-gates.json");

  private static final Set<String> ALL = Set.of();

  private final Path data;
  private final Path out;

  ExperimentRunTest(@TempDir Path folder) {
    data = folder.resolve("data");
    out = folder.resolve("out");
    TinyExperiment.draw(data, "gear");
  }

  /** Keeps the events that it receives. */
  private static final class Recorder implements ExperimentListener {
    private final List<String> begun = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    @Override
    public void begun(String run, Overall overall) {
      begun.add(run);
    }

    @Override
    public void failed(String run, String message) {
      failed.add(message);
    }
  }

  @Test
  void aFailingCellDoesNotStopTheOthersAndIsTriedAgain() throws IOException {
    TinyExperiment.draw(data, "bolt");
    var image = first(data.resolve("bolt/train/good"));
    byte[] whole = Files.readAllBytes(image);
    Files.write(image, new byte[] {1, 2, 3});
    var request = TinyExperiment.request(GATES, data, out, List.of(0L), ALL);

    var recorder = new Recorder();
    var outcome = ExperimentRun.execute(request, recorder);
    assertEquals(4, recorder.begun.size());
    assertEquals(2, recorder.failed.size());
    assertEquals(4, outcome.cells().size());
    assertEquals(2, outcome.failed().size());
    for (var cell : outcome.failed()) {
      assertEquals("bolt", cell.category());
      assertTrue(cell.message().contains(image.getFileName().toString()), cell.message());
    }
    assertEquals(outcome.cells().stream().sorted().toList(), cells());

    Files.write(image, whole);
    var again = new Recorder();
    var mended = ExperimentRun.execute(request, again);
    assertEquals(2, again.begun.size(), "only what was missing: " + again.begun);
    assertTrue(mended.failed().isEmpty());
    assertTrue(cells().stream().allMatch(c -> c.metric(Metric.IMAGE_AUROC).isPresent()));

    var idle = new Recorder();
    ExperimentRun.execute(request, idle);
    assertTrue(idle.begun.isEmpty(), "nothing was missing");
  }

  @Test
  void whateverARunFailsOfIsOneLine() {
    var full = new java.io.IOException("No space left on device");
    assertEquals(
        "a file could not be read or written: the disk is full; check the space on the disk and"
            + " start again",
        ExperimentRun.message(
            new IllegalStateException("flush", new java.io.UncheckedIOException(full))));
    assertEquals("as it is", ExperimentRun.message(new InputException("as it is")));
    for (var failure : List.of(new OutOfMemoryError(), new IllegalStateException("a\nb"))) {
      assertEquals(1, ExperimentRun.message(failure).lines().count());
    }
  }

  @Test
  void experimentsShareRunsAndCellsOfBothStay() {
    ExperimentRun.execute(
        TinyExperiment.request(GATES, data, out, List.of(0L), ALL), new Recorder());
    var recorder = new Recorder();
    ExperimentRun.execute(
        TinyExperiment.request(MORE_GATES, data, out, List.of(0L), ALL), recorder);
    assertEquals(1, recorder.begun.size(), "the first was there: " + recorder.begun);
    assertEquals(4, cells().size());
  }

  @Test
  void otherSettingsInTheSameFolderAreRefused() {
    var first = TinyExperiment.request(GATES, data, out, List.of(0L), ALL);
    ExperimentRun.execute(first, new Recorder());
    var other = first.toBuilder().training(new TrainingSettings(1, 2, 2, 0)).build();
    var e = assertThrows(InputException.class, () -> ExperimentRun.execute(other, new Recorder()));
    assertTrue(String.valueOf(e.getMessage()).contains("stage 2 epochs 1, not 2"), e.getMessage());
  }

  @Test
  void aCategoryThatIsNowhereIsNamed() {
    var request = TinyExperiment.request(GATES, data, out, List.of(0L), Set.of("gear", "cog"));
    var e =
        assertThrows(InputException.class, () -> ExperimentRun.execute(request, new Recorder()));
    assertTrue(String.valueOf(e.getMessage()).contains("cog"), e.getMessage());
    assertFalse(Files.exists(out));
  }

  /** One process is killed in its second run; two others and this one share what is left. */
  @Test
  void processesShareAFolderWithoutDoingACellTwice() throws IOException, InterruptedException {
    TinyExperiment.draw(data, "bolt");
    var killed = start();
    var done = new ArrayList<String>();
    try (var said = killed.inputReader(StandardCharsets.UTF_8)) {
      done.add(said.readLine());
      said.readLine();
      killed.destroyForcibly().waitFor();
    }
    var first = start();
    var second = start();
    done.addAll(output(first));
    done.addAll(output(second));
    assertEquals(8, done.size(), "2 categories, 2 methods, 2 seeds: " + done);
    assertEquals(8, new HashSet<>(done).size(), "none twice: " + done);

    var recorder = new Recorder();
    var request = TinyExperiment.request(GATES, data, out, List.of(0L, 1L), ALL);
    var outcome = ExperimentRun.execute(request, recorder);
    assertTrue(recorder.begun.isEmpty(), "nothing was left: " + recorder.begun);
    assertEquals(0, outcome.missing());
    assertEquals(8, cells().size());
    assertTrue(outcome.failed().isEmpty());
  }

  private Process start() throws IOException {
    return ChildJvm.start(TinyExperiment.class, data.toString(), out.toString());
  }

  private static List<String> output(Process process) throws IOException, InterruptedException {
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      var lines = said.lines().toList();
      assertEquals(0, process.waitFor());
      return lines;
    }
  }

  private List<org.aand.report.experiment.Cell> cells() {
    var cells = Cells.readCsv(out.resolve(ExperimentOutput.CSV)).all();
    assertEquals(cells, Cells.readJson(out.resolve(ExperimentOutput.JSON)).all());
    return cells;
  }

  private static Path first(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
