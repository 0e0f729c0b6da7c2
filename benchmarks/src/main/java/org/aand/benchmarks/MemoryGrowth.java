package org.aand.benchmarks;

import java.util.Locale;
import org.aand.common.machine.ProcessMemory;
import org.aand.variant.Variant;

/**
 * Memory of a process that detects again and again: after the first 200 images and at the end.
 * Program: {@code MemoryGrowth [BACKBONE [IMAGES [java|samediff]]]}.
 */
public final class MemoryGrowth {
  private static final int FIRST = 200;

  private MemoryGrowth() {}

  /** After a collection, so that the heap's garbage does not count. */
  private record Memory(double resident, double heap) {
    static Memory now() {
      System.gc();
      var runtime = Runtime.getRuntime();
      return new Memory(
          ProcessMemory.residentBytes().orElseThrow() / 1e6,
          (runtime.totalMemory() - runtime.freeMemory()) / 1e6);
    }
  }

  /** Prints both measurements and the growth between them. */
  public static void main(String[] args) {
    var backbone = args.length > 0 ? args[0] : Networks.TEACHER;
    int images = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
    var engine = args.length > 2 ? args[2] : "java";
    try (var detector = InferenceEngine.open(engine, new Variant(), backbone)) {
      var image = Networks.images(1);
      var early = Memory.now();
      for (int i = 1; i <= images; i++) {
        detector.detect(image);
        if (i == FIRST) {
          early = Memory.now();
        }
      }
      var late = Memory.now();
      System.out.printf(
          Locale.ROOT,
          "%s, %s: after %d and %d images resident %.1f and %.1f MB (%+.2f %%), heap %.2f and %.2f MB%n",
          backbone,
          engine,
          FIRST,
          images,
          early.resident,
          late.resident,
          100 * (late.resident - early.resident) / early.resident,
          early.heap,
          late.heap);
    }
  }
}
