package org.aand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.detect.Prediction;
import org.aand.io.dataset.Sample;
import org.aand.variant.Variant;
import org.jspecify.annotations.Nullable;
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
 * Time of a batch through AAND, RD and RD++, on every engine. The names tell where it begins:
 * {@code NetworkAndMap} from normalised images to anomaly map and score, {@code File} from PNG
 * files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// The heap holds the java engine's kernels; the other engines' are outside of it. A collector that
// gives memory back, so that the resident memory is what the engine needs.
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-Xmx1200m",
      "-XX:+UseSerialGC",
      "-Xmn24m",
      "-XX:MinHeapFreeRatio=5",
      "-XX:MaxHeapFreeRatio=10",
      "--add-modules",
      "jdk.incubator.vector"
    })
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class InferenceBenchmark {
  /** Images a call. */
  @Param({"1", "8"})
  int batch;

  /** The teacher. */
  @Param(Networks.TEACHER)
  String backbone;

  /** What runs the network; onnxruntime runs this program's own export. */
  @Param({"java", "samediff", "onnxruntime"})
  String engine;

  private final Preprocessing preprocessing = new Preprocessing(ImageSize.square(Networks.SIZE));
  private List<float[]> images;
  private Path folder;
  private List<Path> files;
  private @Nullable InferenceEngine opened;

  /** Draws the images and the files. */
  @Setup(Level.Trial)
  public void draw() throws IOException {
    images = Networks.images(batch);
    folder = Files.createTempDirectory("aand-benchmark");
    files =
        ProductDataset.write(folder, ProductSettings.defaults()).train().stream()
            .limit(batch)
            .map(Sample::image)
            .toList();
  }

  /** At the first call of a trial; a process measures one of the methods alone. */
  private InferenceEngine network(Variant variant) {
    var network = opened;
    if (network == null) {
      network = InferenceEngine.open(engine, variant, backbone);
      opened = network;
    }
    return network;
  }

  private List<Prediction> fromFiles(InferenceEngine network) {
    var read = new ArrayList<float[]>();
    for (var file : files) {
      var input = preprocessing.resize(ImageFile.read(file));
      read.add(preprocessing.normalisation().apply(input));
    }
    return network.detect(read);
  }

  /** AAND: from normalised images to map and score. */
  @Benchmark
  public List<Prediction> aandNetworkAndMap() {
    return network(new Variant()).detect(images);
  }

  /** RD: from normalised images to map and score. */
  @Benchmark
  public List<Prediction> rdNetworkAndMap() {
    return network(Variant.rd()).detect(images);
  }

  /** RD++, which projects the student's input: from normalised images to map and score. */
  @Benchmark
  public List<Prediction> rdPlusPlusNetworkAndMap() {
    return network(Variant.rdPlusPlus()).detect(images);
  }

  /** AAND: from PNG files to map and score. */
  @Benchmark
  public List<Prediction> aandFile() {
    return fromFiles(network(new Variant()));
  }

  /** RD: from PNG files to map and score. */
  @Benchmark
  public List<Prediction> rdFile() {
    return fromFiles(network(Variant.rd()));
  }

  /** Closes the network, deletes the files. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
    try (var drawn = Files.walk(folder)) {
      for (var path : drawn.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
