package org.aand.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of a category's anomaly maps, pooled over its images and ranked once, with the mean
 * overlap of the defect regions along the sweep.
 *
 * <p>Only the defective pixels' scores matter as thresholds ({@link Ranking}). They are sorted with
 * the region they belong to; the normal pixels, by far the most, are sorted batch by batch and
 * counted against them. The result does not depend on the number of threads.
 */
public final class PixelRanking {
  /**
   * Normal pixels sorted at once: many enough that walking along all levels costs little beside.
   */
  private static final int BATCH_PIXELS = 1 << 20;

  private final Ranking ranking;
  private final double[] overlap;
  private final int regions;

  private PixelRanking(Ranking ranking, double[] overlap, int regions) {
    this.ranking = ranking;
    this.overlap = overlap;
    this.regions = regions;
  }

  /**
   * Ranks the pixels of all images together.
   *
   * @param maps one anomaly map an image, {@code [height, width]} row-major, greater for more
   *     anomalous
   * @param masks one an image, {@code [height, width]}, 0 for normal pixels and anything else for
   *     defective ones; null for an image without defect
   * @throws IllegalArgumentException if the shapes do not fit or a map holds NaN
   */
  public static PixelRanking of(
      List<float[]> maps, List<byte @Nullable []> masks, int width, int height) {
    MapShapes.requirePairs(maps, masks, width, height);
    MapShapes.requireNoNaN(maps, width);
    var defects = DefectPixels.of(maps, masks, width, height);
    var levels = Levels.of(defects.keys());
    var ranking = Ranking.of(levels, countNormal(maps, masks, levels));
    return new PixelRanking(ranking, defects.overlap(levels), defects.regions());
  }

  private static long[] countNormal(
      List<float[]> maps, List<byte @Nullable []> masks, Levels levels) {
    int images = maps.size();
    if (images == 0) {
      return levels.newSlots();
    }
    int perBatch = Math.max(1, Math.min(images, BATCH_PIXELS / maps.get(0).length));
    int batches = (images + perBatch - 1) / perBatch;
    int workers = Math.min(batches, Runtime.getRuntime().availableProcessors());
    var perWorker =
        IntStream.range(0, workers)
            .parallel()
            .mapToObj(
                worker -> {
                  long[] slots = levels.newSlots();
                  var sorter = new RadixSort();
                  int[] keys = new int[perBatch * maps.get(0).length];
                  for (int batch = worker; batch < batches; batch += workers) {
                    int length = 0;
                    int stop = Math.min(images, (batch + 1) * perBatch);
                    for (int image = batch * perBatch; image < stop; image++) {
                      length = normalKeys(maps.get(image), masks.get(image), keys, length);
                    }
                    sorter.sort(keys, length);
                    levels.count(keys, length, slots);
                  }
                  return slots;
                })
            .toList();
    long[] slots = perWorker.get(0);
    for (long[] more : perWorker.subList(1, workers)) {
      for (int i = 0; i < slots.length; i++) {
        slots[i] += more[i];
      }
    }
    return slots;
  }

  /** Appends the keys of the image's normal pixels; the number of keys that there are then. */
  private static int normalKeys(float[] map, byte @Nullable [] mask, int[] keys, int length) {
    int next = length;
    for (int pixel = 0; pixel < map.length; pixel++) {
      if (mask == null || mask[pixel] == 0) {
        keys[next++] = ScoreKeys.key(map[pixel]);
      }
    }
    return next;
  }

  /** The pixels as ranked items. */
  public Ranking ranking() {
    return ranking;
  }

  /** The number of defect regions in all masks. */
  public int regions() {
    return regions;
  }

  /**
   * The share of a region's pixels at or above the score of a stop, averaged over all regions, each
   * weighing the same; in [0, 1].
   */
  public double overlap(int stop) {
    return overlap[stop];
  }
}
