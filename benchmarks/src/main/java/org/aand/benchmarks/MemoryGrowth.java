package org.aand.benchmarks;

import java.util.Locale;
import org.aand.backend.Backend;
import org.aand.common.machine.ProcessMemory;
import org.aand.samediff.Detector;
import org.aand.variant.Variant;

/**
 * Resident memory of a process that detects again and again: after the first 200 images and at the
 * end. Program: {@code MemoryGrowth [BACKBONE [IMAGES]]}.
 */
public final class MemoryGrowth {
  private static final int FIRST = 200;

  private MemoryGrowth() {}

  /** Prints both measurements and the growth between them. */
  public static void main(String[] args) {
    var backbone = args.length > 0 ? args[0] : "wide_resnet50_2";
    int images = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
    Backend.prepare();
    try (var model = Networks.model(new Variant(), backbone);
        var detector = Detector.takingOver(model)) {
      var image = Networks.images(1);
      long early = 0;
      for (int i = 1; i <= images; i++) {
        detector.detect(image);
        if (i == FIRST) {
          early = resident();
        }
      }
      long late = resident();
      System.out.printf(
          Locale.ROOT,
          "%s: resident %.1f MB after %d images, %.1f MB after %d: %+.2f %%%n",
          backbone,
          early / 1e6,
          FIRST,
          late / 1e6,
          images,
          100.0 * (late - early) / early);
    }
  }

  /** After a collection, so that the heap's garbage does not count. */
  private static long resident() {
    System.gc();
    return ProcessMemory.residentBytes().orElseThrow();
  }
}
