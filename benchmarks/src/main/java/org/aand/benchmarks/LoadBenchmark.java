package org.aand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.backend.Backend;
import org.aand.model.ModelFile;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;
import org.aand.variant.Variant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a model file on disk (in the system's file cache) to the score of a first image: reading,
 * folding, preparing, one run. With SameDiff, ND4J itself has been loaded before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xmx1200m", "--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class LoadBenchmark {
  /** The teacher. */
  @Param(Networks.TEACHER)
  String backbone;

  /** What runs the network. */
  @Param({"java", "samediff"})
  String engine;

  private Path file;
  private List<float[]> images;

  /** Writes the model file. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    if (engine.equals("samediff")) {
      Backend.prepare();
    }
    file = Files.createTempDirectory("aand-benchmark").resolve(ModelFile.NAME);
    ModelFile.write(
        Networks.description(new Variant(), backbone), Networks.notes(), Networks::values, file);
    images = Networks.images(1);
  }

  /** AAND. */
  @Benchmark
  public float firstScore() {
    if (engine.equals("java")) {
      try (var detector = RuntimeModel.read(file).model().detector(InferenceEngine.THREADS)) {
        return detector.detect(images).get(0).score();
      }
    }
    try (var model = ModelStore.read(file).model();
        var detector = Detector.takingOver(model)) {
      return detector.detect(images).get(0).score();
    }
  }

  /** Deletes the model file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
    Files.delete(file.getParent());
  }
}
