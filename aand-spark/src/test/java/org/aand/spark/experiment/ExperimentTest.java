package org.aand.spark.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aand.common.file.ProcessLock;
import org.aand.report.experiment.Cell;
import org.aand.spark.LocalSpark;
import org.aand.spark.StandaloneCluster;
import org.aand.spark.experiment.MiniatureExperiment.Ended;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An experiment on Spark gives the cells that it gives here. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ExperimentTest {
  private static final AtomicInteger LOST = new AtomicInteger();
  private static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // drawn before all tests
  private static MiniatureExperiment experiment;

  private static List<Cell> expected = List.of();

  @BeforeAll
  static void runHere(@TempDir Path temporary) {
    folder = temporary;
    experiment = MiniatureExperiment.draw(folder);
    var local = experiment.run(MiniatureExperiment::here, folder.resolve("local"));
    assertEquals(0, local.exitCode(), local.err());
    expected = MiniatureExperiment.cells(folder.resolve("local"));
  }

  @Test
  void theMainExperimentGivesTheSameCells() {
    var out = folder.resolve("spark");
    requireSame(start("local[2]", "gear", out), "gear", out);

    var again = start("local[2]", "gear", out);
    assertEquals(0, again.exitCode(), again.err());
    assertFalse(again.out().contains(" done] "), "nothing was left: " + again.out());
  }

  /** The two runs of a category: each test has its own, since a run takes seconds. */
  private static Ended start(String master, String category, Path out) {
    return experiment.run(Experiment::run, out, "--master", master, "--categories", category);
  }

  private static void requireSame(Ended spark, String category, Path out) {
    assertEquals(0, spark.exitCode(), spark.err());
    assertTrue(spark.out().contains("[2 of 2 done"), spark.out());
    assertTrue(spark.out().contains("2 cells done, 0 failed"), spark.out());
    assertEquals(
        expected.stream().filter(cell -> cell.category().equals(category)).toList(),
        MiniatureExperiment.cells(out));
    assertTrue(Files.exists(out.resolve("report/index.html")));
  }

  /** Spark makes one in the driver. */
  public static final class Losses extends SparkListener {
    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.reason() instanceof ExecutorLostFailure) {
        LOST.incrementAndGet();
      }
    }
  }

  /** On a cluster, whose executor is killed in the middle of a training: another resumes it. */
  @Test
  void anExecutorThatIsKilledInATrainingChangesNoCell() throws Exception {
    var out = folder.resolve("cluster-out");
    var settings =
        LocalSpark.settings()
            .set("spark.extraListeners", Losses.class.getName())
            .set("spark.executor.cores", "2");
    var cluster = new StandaloneCluster(folder.resolve("cluster"), 2);
    var killer = Executors.newSingleThreadExecutor();
    try (cluster) {
      cluster.settings().forEach(setting -> settings.set(setting[0], setting[1]));
      for (var setting : settings.getAll()) {
        System.setProperty(setting._1(), setting._2());
      }
      var killed = killer.submit(() -> killInTraining(out));
      requireSame(start(cluster.master(), "bolt", out), "bolt", out);
      var run = killed.get(60, TimeUnit.SECONDS);
      assertTrue(LOST.get() > 0, "a task was lost with its executor");
      assertTrue(cluster.said("resuming with epoch"), run + " was resumed by its checkpoint");
    } finally {
      killer.shutdownNow();
      for (var setting : settings.getAll()) {
        System.clearProperty(setting._1());
      }
    }
  }

  /**
   * Kills the process that is at a training of which there is a checkpoint; the training's name.
   */
  private static String killInTraining(Path out) throws Exception {
    while (true) {
      Thread.sleep(10);
      var working = training(out);
      if (working.isPresent()) {
        var name = working.get().getFileName().toString().replaceAll("^\\.|\\.part$", "");
        long process = ProcessLock.holder(working.get().resolveSibling(name + ".claim"));
        var at = ProcessHandle.of(process);
        // It may have ended the training just now; then there is another.
        if (at.isPresent() && at.get().destroyForcibly()) {
          return name;
        }
      }
    }
  }

  /** The working folder of a training that has a checkpoint. */
  private static Optional<Path> training(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return Optional.empty();
    }
    try (var files = Files.walk(out)) {
      return files
          .filter(file -> file.endsWith("checkpoint.bin"))
          .map(file -> Objects.requireNonNull(file.getParent()))
          .findFirst();
    } catch (UncheckedIOException e) {
      // Folders come and go while they are listed.
      return Optional.empty();
    }
  }

  @Test
  void mistakesAreToldInOneLine() {
    var out = folder.resolve("never");
    refused(
        "it is not said how many cores a training has",
        experiment.run(Experiment::run, out, "--master", "k8s://https://cluster"));
    refused(
        "the master spark://127.0.0.1:1 cannot be reached",
        experiment.run(Experiment::run, out, "--master", "spark://127.0.0.1:1"));
    refused(
        "the path textures is relative",
        experiment.run(Experiment::run, out, "--master", "local[2]", "--textures", "textures"));
    assertEquals(1, experiment.run(MiniatureExperiment::here, out, "--on", "slurm").exitCode());
    assertFalse(Files.exists(out));
  }

  private static void refused(String why, Ended program) {
    assertEquals(1, program.exitCode());
    assertTrue(program.err().startsWith("aand: " + why), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }
}
