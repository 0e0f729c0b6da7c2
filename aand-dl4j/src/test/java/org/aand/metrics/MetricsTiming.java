package org.aand.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.aand.io.random.RandomStreams;

/**
 * How long all figures of a category of 83 images of 256x256 take: a program to run by hand, not a
 * test. It prints the least and the median time of some rounds after warm-up.
 */
final class MetricsTiming {
  private static final int IMAGES = 83;
  private static final int SIZE = 256;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 21;

  private MetricsTiming() {}

  public static void main(String[] args) {
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte[]>();
    boolean[] defective = new boolean[IMAGES];
    float[] scores = new float[IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      defective[image] = image >= 20;
      var random = new RandomStreams(1).stream("timing", image);
      byte[] mask = new byte[SIZE * SIZE];
      float[] map = new float[SIZE * SIZE];
      int left = random.nextInt(20, 150);
      int top = random.nextInt(20, 150);
      for (int i = 0; i < map.length; i++) {
        int x = i % SIZE - left;
        int y = i / SIZE - top;
        boolean inside = x >= 0 && y >= 0 && x < 80 && y < 80;
        mask[i] = (byte) (defective[image] && inside ? 1 : 0);
        map[i] = (float) Math.exp(random.nextGaussian() - 3 + 2 * mask[i]);
        scores[image] = Math.max(scores[image], map[i]);
      }
      maps.add(map);
      masks.add(mask);
    }
    long[] nanos = new long[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      var metrics = AnomalyMetrics.of(scores, defective, List.copyOf(maps), masks, SIZE, SIZE);
      long took = System.nanoTime() - start;
      if (round == -WARM_UP) {
        System.out.printf(Locale.ROOT, "first %.1f ms: %s%n", took / 1e6, metrics);
      }
      if (round >= 0) {
        nanos[round] = took;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%d images of %dx%d: least %.1f ms, median %.1f ms%n",
        IMAGES,
        SIZE,
        SIZE,
        nanos[0] / 1e6,
        nanos[ROUNDS / 2] / 1e6);
  }
}
