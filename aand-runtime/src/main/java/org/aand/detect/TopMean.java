package org.aand.detect;

import java.util.Arrays;

/** The mean of the greatest values of a map. */
final class TopMean {
  private TopMean() {}

  /**
   * The mean, the same whatever the order of the values.
   *
   * @param map at least one value, none of them NaN
   * @param count how many values are taken, in [1, map.length]
   */
  static float of(float[] map, int count) {
    float[] greatest = greatest(map, count);
    Arrays.sort(greatest);
    double sum = 0;
    for (float value : greatest) {
      sum += value;
    }
    return (float) (sum / count);
  }

  /** The greatest values: a heap whose root is the least of those found so far. */
  private static float[] greatest(float[] map, int count) {
    float[] heap = Arrays.copyOf(map, count);
    for (int i = count / 2 - 1; i >= 0; i--) {
      sink(heap, i);
    }
    for (int i = count; i < map.length; i++) {
      if (map[i] > heap[0]) {
        heap[0] = map[i];
        sink(heap, 0);
      }
    }
    return heap;
  }

  private static void sink(float[] heap, int from) {
    int at = from;
    float value = heap[at];
    for (int child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (value <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
