package org.aand.pipeline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchCore;
import org.aand.runtime.kernel.ItemBank;
import org.aand.runtime.kernel.NearestItems;
import org.aand.runtime.kernel.Workers;

/** What a model's memory bank takes: room, and time for the search of one image. */
public final class MemoryBankUse {
  private static final String BANK = "memory bank";
  private static final String SEARCH = "search";

  /** What a run says of its memory bank, by name. */
  public static final List<String> SETTINGS = List.of(BANK, SEARCH);

  private static final int WARM_UP = 3;
  private static final int SEARCHES = 5;

  private MemoryBankUse() {}

  /**
   * Measures the search by the engine's kernels; about as long as eight images take.
   *
   * @return text by what it is of; empty for a model without a memory bank
   */
  static Map<String, String> of(ModelDescription model) {
    var use = new LinkedHashMap<String, String>();
    model
        .scoring()
        .memoryBank()
        .ifPresent(
            bank -> {
              var map = Scoring.bankSize(model.imageSize());
              int threads = Runtime.getRuntime().availableProcessors();
              use.put(BANK, bank.label());
              use.put(
                  SEARCH,
                  String.format(
                      Locale.ROOT,
                      "%.1f ms %s, exact, for %s locations on %d threads",
                      1e-6 * nanos(bank, map.pixels(), threads),
                      model.tiling().divides() ? "a tile" : "an image",
                      map,
                      threads));
            });
    return use;
  }

  /** The median of some searches of a bank of such a size; the values are of no matter. */
  private static long nanos(PatchCore bank, int locations, int threads) {
    var random = new RandomStreams(0);
    float[] items = noise(random.stream("items"), bank.items() * bank.channels());
    float[] rows = noise(random.stream("rows"), locations * bank.channels());
    float[] distances = new float[locations];
    long[] nanos = new long[SEARCHES];
    try (var workers = new Workers(threads)) {
      var search = new NearestItems(ItemBank.of(items, bank.channels()), 1);
      for (int i = -WARM_UP; i < SEARCHES; i++) {
        long start = System.nanoTime();
        search.run(workers, rows, 0, locations);
        search.distances(workers, rows, 0, locations, distances);
        if (i >= 0) {
          nanos[i] = System.nanoTime() - start;
        }
      }
    }
    Arrays.sort(nanos);
    return nanos[SEARCHES / 2];
  }

  /** Values that differ, such as for the items of a bank whose search is timed. */
  static float[] noise(RandomGenerator random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
