package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scoring on several processes gives what predict gives, whatever becomes of one of them. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class StandaloneClusterTest {
  private static final int IMAGES = 500;
  private static final int PER_TASK = 8;
  private static final int TASKS = (IMAGES + 1 + PER_TASK - 1) / PER_TASK;
  private static final AtomicReference<StandaloneCluster> CLUSTER = new AtomicReference<>();
  private static final AtomicInteger LOST = new AtomicInteger();
  private static final AtomicInteger LEFT = new AtomicInteger();
  private static final Set<String> EXECUTORS = ConcurrentHashMap.newKeySet();

  /** Spark makes one in the driver; it kills an executor when a third of the images is scored. */
  public static final class Killer extends SparkListener {
    private int scoring = -1;
    private int ended;

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.stageInfo().numTasks() == TASKS) {
        scoring = stage.stageInfo().stageId();
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.stageId() == scoring) {
        EXECUTORS.add(task.taskInfo().executorId());
        ended++;
        if (ended == TASKS / 3) {
          LEFT.set(TASKS - ended);
          Objects.requireNonNull(CLUSTER.get()).executors().get(0).destroyForcibly();
        }
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      LOST.incrementAndGet();
    }
  }

  @Test
  void resultsAreThoseOfPredictThoughAnExecutorIsKilled(@TempDir Path folder) throws Exception {
    var archive = SampleArchive.draw(folder, IMAGES).withCorrupt("torn.png");
    var settings = LocalSpark.settings().set("spark.extraListeners", Killer.class.getName());
    var scores = folder.resolve("scores");
    try (var cluster = new StandaloneCluster(folder.resolve("cluster"), 1)) {
      CLUSTER.set(cluster);
      cluster.settings().forEach(setting -> settings.set(setting[0], setting[1]));
      for (var setting : settings.getAll()) {
        System.setProperty(setting._1(), setting._2());
      }
      score(archive, cluster.master(), scores);
    } finally {
      for (var setting : settings.getAll()) {
        System.clearProperty(setting._1());
      }
    }
    assertTrue(LEFT.get() > 0, "in the middle");
    assertTrue(LOST.get() > 0, "an executor was lost");
    assertTrue(EXECUTORS.size() > 1, "several executors scored: " + EXECUTORS);
    try (var spark = LocalSpark.start(1)) {
      var rows = archive.requireSame(spark.read().parquet(scores.toString()));
      assertEquals(IMAGES + 1, rows.size());
      assertTrue(SampleArchive.row(rows, "torn.png").has("error"));
    }
  }

  private static void score(SampleArchive archive, String master, Path scores) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Score.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "--master",
            master,
            "--model",
            archive.model().toString(),
            "--input",
            archive.images().toString(),
            "--output",
            scores.toString(),
            "--images-per-task",
            Integer.toString(PER_TASK));
    assertEquals(1, code, "one image cannot be used: " + out + err);
    assertTrue(out.toString().contains("501 images scored, 0 were there before"), out.toString());
  }
}
