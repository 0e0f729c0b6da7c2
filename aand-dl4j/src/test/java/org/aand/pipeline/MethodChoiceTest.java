package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aand.demo.product.ProductDataset;
import org.aand.model.ModelFile;
import org.aand.report.Candidate;
import org.aand.report.Method;
import org.aand.report.Protocol;
import org.aand.report.ResultJson;
import org.aand.runfolder.RunFolder;
import org.aand.train.TrainingSettings;
import org.aand.variant.TrainedMethod;
import org.aand.variant.Variant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods are tried one after the other, and the best one is kept. */
class MethodChoiceTest {
  private static Path folder = Path.of("");

  @BeforeAll
  static void drawProduct(@TempDir Path temporary) {
    folder = temporary;
    ProductDataset.write(temporary.resolve("data"), TinyRun.PRODUCT);
  }

  private static TrainRequest.Builder request(String name) {
    var tiny = TinyRun.request(folder.resolve("data"), Protocol.LAST_EPOCH, folder.resolve(name));
    return TrainRequest.builder(tiny.data(), tiny.backbone(), tiny.teacher(), tiny.out())
        .category(tiny.layout(), tiny.category())
        .tiling(tiny.tiling())
        .training(new TrainingSettings(2, 2, 3, 7))
        .recipe(Recipe.STANDARD)
        .commandLine("tiny")
        .variant(Variant.padim())
        .choosesMethod(true);
  }

  /** Counts what is trained, and ends the process's work, as a kill would, where it is told to. */
  private static final class Watcher implements RunListener {
    private final List<String> judged = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<Duration> shares = new ArrayList<>();
    private final List<Duration> over = new ArrayList<>();
    private final int most;

    Watcher(int most) {
      this.most = most;
    }

    @Override
    public void onMethod(String label, Optional<Duration> share) {
      if (tried.size() == most) {
        throw new IllegalStateException("killed");
      }
      tried.add(label);
      share.ifPresent(shares::add);
    }

    @Override
    public void onNotTried(String label, String why) {
      left.add(label);
    }

    @Override
    public void onOverTime(Duration budget, Duration taken) {
      over.add(budget);
      assertTrue(taken.compareTo(budget) > 0, taken.toString());
    }

    @Override
    public void onJudged(Candidate candidate) {
      judged.add(candidate.label());
    }
  }

  @Test
  void theBestOnSyntheticAnomaliesIsKeptThoughTheRunWasKilled() {
    var whole = new Watcher(Integer.MAX_VALUE);
    var run = TrainRun.execute(request("whole").build(), whole).result();
    assertEquals(MethodChoice.METHODS, run.candidates().stream().map(Candidate::method).toList());
    var kept = run.candidates().stream().filter(Candidate::kept).toList();
    assertEquals(1, kept.size());
    double best = Objects.requireNonNull(kept.get(0).score());
    for (var candidate : run.candidates()) {
      assertTrue(Objects.requireNonNull(candidate.score()) <= best, candidate.toString());
    }
    assertEquals(kept.get(0).method(), run.method());
    var contents = ModelFile.inspect(folder.resolve("whole").resolve(ModelFile.NAME));
    assertEquals(run.method(), Methods.of(TrainedMethod.of(contents).variant()));
    assertEquals(
        run.candidates(),
        ResultJson.read(folder.resolve("whole").resolve(RunFolder.RESULT)).candidates());

    var again = request("killed").build();
    assertThrows(IllegalStateException.class, () -> TrainRun.execute(again, new Watcher(2)));
    var resumed = new Watcher(Integer.MAX_VALUE);
    var result = TrainRun.execute(again, resumed).result();
    assertEquals(
        whole.tried.subList(2, whole.tried.size()),
        resumed.tried,
        "what was done is not done again");
    assertEquals(whole.judged.subList(2, whole.judged.size()), resumed.judged);
    assertEquals(scores(run.candidates()), scores(result.candidates()));
    assertEquals(run.images(), result.images());
    assertFalse(Files.exists(folder.resolve(".killed.part")), "nothing is left beside");
  }

  @Test
  void whatHasNoTimeIsNotTried() {
    var watcher = new Watcher(Integer.MAX_VALUE);
    var run =
        TrainRun.execute(
                request("short").timeBudget(Optional.of(Duration.ofMillis(1))).build(), watcher)
            .result();
    assertEquals(List.of(Method.PADIM), run.candidates().stream().map(Candidate::method).toList());
    assertEquals(MethodChoice.METHODS.size() - 1, watcher.left.size());
    assertEquals(List.of(Duration.ofMillis(1)), watcher.over);
  }

  @Test
  void aTimeIsSharedOut() {
    var watcher = new Watcher(Integer.MAX_VALUE);
    // Enough for all on any machine.
    var budget = Duration.ofHours(4);
    var run =
        TrainRun.execute(request("timed").timeBudget(Optional.of(budget)).build(), watcher)
            .result();
    assertEquals(MethodChoice.METHODS, run.candidates().stream().map(Candidate::method).toList());
    assertEquals(List.of(), watcher.left);
    assertEquals(List.of(), watcher.over);
    assertFalse(watcher.shares.isEmpty());
    for (var share : watcher.shares) {
      // Half of what is left, which is less each time.
      assertTrue(share.compareTo(budget.dividedBy(2)) < 0, share.toString());
      assertTrue(share.compareTo(budget.dividedBy(4)) > 0, share.toString());
    }
    assertEquals(
        watcher.shares.stream().sorted(Comparator.reverseOrder()).toList(), watcher.shares);
  }

  @Test
  void whatDoesNotGoWithAChoiceIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> request("no").protocol(Protocol.SYNTHETIC).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> request("no").observations(new Observations(true, false)).build());
  }

  private static List<Double> scores(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::score).toList();
  }
}
