package org.aand.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.model.ModelFile;
import org.aand.runtime.Detector;
import org.aand.runtime.RuntimeModel;

/**
 * What the engine in plain Java takes for a model file: time to the first score, memory, and where
 * the time of a batch goes, operation by operation. Program: {@code EngineProfile MODEL [BATCH
 * [THREADS [SECONDS]]]}. Loads no native library.
 */
public final class EngineProfile {
  private static final double MILLION = 1e6;

  private EngineProfile() {}

  /** Prints a line an operation, the slowest first. */
  public static void main(String[] args) throws IOException {
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int threads =
        args.length > 2 ? Integer.parseInt(args[2]) : Runtime.getRuntime().availableProcessors();
    double seconds = args.length > 3 ? Double.parseDouble(args[3]) : 10;
    long start = System.nanoTime();
    var model = RuntimeModel.read(ModelFile.locate(Path.of(args[0]))).model();
    print("read and packed", (System.nanoTime() - start) / MILLION, "ms");
    try (var detector = model.detector(threads)) {
      var images = images(batch, model.description().resolution());
      detector.detect(images.get(0));
      print("first score after", (System.nanoTime() - start) / MILLION, "ms");
      memory();
      profile(detector, images, seconds);
      memory();
    }
    print("arithmetic of one image", model.engine().arithmetic() / 1e9, "GFLOP");
    print("the same by the methods chosen", model.engine().performed() / 1e9, "GFLOP");
  }

  private static List<float[]> images(int count, ImageSize size) {
    var random = new RandomStreams(1).stream("images");
    var images = new ArrayList<float[]>();
    for (int i = 0; i < count; i++) {
      float[] image = new float[size.pixels() * 3];
      for (int k = 0; k < image.length; k++) {
        image[k] = (float) random.nextGaussian();
      }
      images.add(image);
    }
    return images;
  }

  /** The best time of each operation and of the whole, as neighbours only make them longer. */
  private static void profile(Detector detector, List<float[]> images, double seconds) {
    Map<String, double[]> best = new LinkedHashMap<>();
    double network = Double.MAX_VALUE;
    double whole = Double.MAX_VALUE;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int runs = 0;
    while (System.nanoTime() < end) {
      int[] index = {0};
      long start = System.nanoTime();
      detector.discrepancies(
          images,
          (name, arithmetic, nanos) -> {
            var key = String.format(Locale.ROOT, "%3d %s", index[0]++, name);
            var entry = best.computeIfAbsent(key, k -> new double[] {Double.MAX_VALUE, arithmetic});
            entry[0] = Math.min(entry[0], nanos);
          });
      network = Math.min(network, System.nanoTime() - start);
      start = System.nanoTime();
      detector.detect(images);
      whole = Math.min(whole, System.nanoTime() - start);
      runs++;
    }
    best.entrySet().stream()
        .sorted((a, b) -> Double.compare(b.getValue()[0], a.getValue()[0]))
        .forEach(
            e ->
                System.out.printf(
                    Locale.ROOT,
                    "%8.3f ms %7.1f GFLOP/s  %s%n",
                    e.getValue()[0] / MILLION,
                    e.getValue()[1] / e.getValue()[0],
                    e.getKey()));
    double sum = best.values().stream().mapToDouble(e -> e[0]).sum();
    print("runs", runs, "");
    print("sum of the best of every operation", sum / MILLION, "ms");
    print("network, best", network / MILLION, "ms");
    print("network and map, best", whole / MILLION, "ms");
    print("the same per image", whole / MILLION / images.size(), "ms");
  }

  private static void memory() throws IOException {
    var runtime = Runtime.getRuntime();
    print("heap used", (runtime.totalMemory() - runtime.freeMemory()) / MILLION, "MB");
    var status = Path.of("/proc/self/status");
    if (Files.isReadable(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
          .forEach(System.out::println);
    }
  }

  private static void print(String what, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s: %.1f %s%n", what, value, unit);
  }
}
