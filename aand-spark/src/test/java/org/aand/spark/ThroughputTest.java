package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A benchmark, not part of the build: images a second by two executors of one core and by the
 * detector on two threads, in turns, on a machine that does nothing else.
 *
 * <pre>mvn -q -pl aand-spark -am test -Dtest=ThroughputTest -Daand.throughput=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@EnabledIfSystemProperty(named = "aand.throughput", matches = "true")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ThroughputTest {
  private static final int IMAGES = Integer.getInteger("aand.throughput.images", 200);
  private static final int PER_TASK = 25;
  private static final int TURNS = Integer.getInteger("aand.throughput.turns", 3);

  /** Images that pass before, until the compiler has seen enough. */
  private static final int WARM = IMAGES / 2;

  private static final double WANTED = 0.9;

  /** Adds up what tasks write for others. */
  private static final class Shuffled extends SparkListener {
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      bytes.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
    }
  }

  @Test
  void twoWorkersAreAsFastAsTwoThreads(@TempDir Path folder) throws Exception {
    var files = draw(Files.createDirectories(folder.resolve("images")));
    var model = TinyModelFile.write(folder.resolve("model.aand"), 256);
    var settings = LocalSpark.settings();
    try (var cluster = new StandaloneCluster(folder.resolve("cluster"), 1);
        var detector = AnomalyDetector.load(model)) {
      cluster.settings().forEach(setting -> settings.set(setting[0], setting[1]));
      try (var spark =
          SparkSession.builder().config(settings.setMaster(cluster.master())).getOrCreate()) {
        var shuffled = new Shuffled();
        spark.sparkContext().addSparkListener(shuffled);
        var content = ModelContent.read(model.toString(), spark.sessionState().newHadoopConf());
        var shipped = ShippedModel.of(spark, content);
        score(spark, shipped, files.subList(0, WARM));
        detector.detectEach(files.subList(0, WARM), outcome -> {});
        shuffled.bytes.set(0);
        var ratios = new ArrayList<Double>();
        for (int turn = 0; turn < TURNS; turn++) {
          double threads = seconds(() -> detector.detectEach(files, outcome -> {}));
          double workers = seconds(() -> score(spark, shipped, files));
          ratios.add(threads / workers);
          print(
              "two threads %.1f images/s, two workers %.1f images/s, ratio %.3f",
              IMAGES / threads, IMAGES / workers, threads / workers);
        }
        double median = ratios.stream().sorted().skip(TURNS / 2).findFirst().orElseThrow();
        print("median ratio %.3f", median);
        print("shuffled: %.0f bytes an image", shuffled.bytes.get() / (double) (TURNS * IMAGES));
        for (var executor : cluster.executors()) {
          print("executor %d: %s resident at its peak", executor.pid(), peak(executor.pid()));
        }
        print("model file: %.1f MB", Files.size(model) / 1e6);
        assertTrue(median >= WANTED, "ratio " + median);
      }
    }
  }

  private static List<Path> draw(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    for (var image : SampleImages.draw(IMAGES, 256, 256)) {
      files.add(
          Files.write(
              folder.resolve(String.format(Locale.ROOT, "part-%04d.png", files.size())),
              SampleImages.png(image)));
    }
    return files;
  }

  /** As Score does it: paths are dealt to tasks, which read, decode and score. */
  private static void score(SparkSession spark, ShippedModel model, List<Path> files) {
    var paths = files.stream().map(Path::toString).toList();
    new AnomalyDetectionModel()
        .setInputCol("path")
        .transform(
            spark
                .createDataset(paths, Encoders.STRING())
                .toDF("path")
                .repartition(files.size() / PER_TASK),
            model)
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static String peak(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
