package org.aand.benchmarks;

import java.util.List;
import java.util.Locale;
import org.aand.variant.Variant;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * The engine in plain Java and ONNX Runtime in turn, in one process on the same images. On a
 * machine that others use too, what slows it down for a while slows both, so that the ratio of
 * neighbouring times says more than times that are taken minutes apart. Program: {@code
 * EnginesInTurn aand|rd [BATCH [ROUNDS]]}, with the vector module.
 */
public final class EnginesInTurn {
  private static final int ROUNDS = 40;
  private static final int WARM_UP_ROUNDS = 8;
  private static final int CALLS = 4;

  private EnginesInTurn() {}

  /** Prints the median times and the ratios. */
  public static void main(String[] args) {
    var variant =
        switch (args[0]) {
          case "aand" -> new Variant();
          case "rd" -> Variant.rd();
          default -> throw new IllegalArgumentException("aand or rd, not " + args[0]);
        };
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : ROUNDS;
    var images = Networks.images(batch);
    double[] java = new double[rounds];
    double[] peer = new double[rounds];
    double[] ratios = new double[rounds];
    try (var ours = InferenceEngine.open("java", variant, "wide_resnet50_2");
        var theirs = InferenceEngine.open("onnxruntime", variant, "wide_resnet50_2")) {
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        // Each goes first in every other round.
        boolean first = round % 2 == 0;
        double one = millis(first ? ours : theirs, images);
        double other = millis(first ? theirs : ours, images);
        if (round >= 0) {
          java[round] = first ? one : other;
          peer[round] = first ? other : one;
          ratios[round] = java[round] / peer[round];
        }
      }
    }
    print("java", java, "ms");
    print("onnxruntime", peer, "ms");
    print("java / onnxruntime", ratios, "");
  }

  /** Of a call; the first one, which wakes threads and fills the caches again, does not count. */
  private static double millis(InferenceEngine engine, List<float[]> images) {
    engine.detect(images);
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      engine.detect(images);
    }
    return (System.nanoTime() - start) / 1e6 / CALLS;
  }

  private static void print(String what, double[] values, String unit) {
    var statistics = new DescriptiveStatistics(values);
    System.out.printf(
        Locale.ROOT,
        "%-20s median %8.3f %s, quartiles %.3f and %.3f, least %.3f, most %.3f%n",
        what,
        statistics.getPercentile(50),
        unit,
        statistics.getPercentile(25),
        statistics.getPercentile(75),
        statistics.getMin(),
        statistics.getMax());
  }
}
