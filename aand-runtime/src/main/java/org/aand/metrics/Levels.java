package org.aand.metrics;

import java.util.Arrays;

/**
 * The distinct scores of the defective items, ascending, against which the normal items are
 * counted.
 *
 * <p>Between two of them only normal items lie, and no metric of this package asks where: ROC and
 * PRO curves are flat there, precision only falls.
 */
final class Levels {
  private final int[] keys;
  private final int[] end;

  private Levels(int[] keys, int[] end) {
    this.keys = keys;
    this.end = end;
  }

  /**
   * @param sortedKeys keys of the defective items, ascending
   */
  static Levels of(int[] sortedKeys) {
    int[] keys = new int[sortedKeys.length];
    int[] end = new int[sortedKeys.length];
    int levels = 0;
    for (int i = 0; i < sortedKeys.length; i++) {
      if (i + 1 == sortedKeys.length || sortedKeys[i + 1] != sortedKeys[i]) {
        keys[levels] = sortedKeys[i];
        end[levels] = i + 1;
        levels++;
      }
    }
    return new Levels(Arrays.copyOf(keys, levels), Arrays.copyOf(end, levels));
  }

  int count() {
    return keys.length;
  }

  int key(int level) {
    return keys[level];
  }

  /** The first of the sorted defective items at this level. */
  int begin(int level) {
    return level == 0 ? 0 : end[level - 1];
  }

  /** Behind the last of the sorted defective items at this level. */
  int end(int level) {
    return end[level];
  }

  /** Empty counters: slot 2i lies below level i (and above level i-1), slot 2i+1 is level i. */
  long[] newSlots() {
    return new long[2 * keys.length + 1];
  }

  /** Counts normal items, ascending, into the slots. */
  void count(int[] sortedNormal, int length, long[] slots) {
    int i = 0;
    for (int level = 0; level < keys.length; level++) {
      int key = keys[level];
      int from = i;
      while (i < length && sortedNormal[i] < key) {
        i++;
      }
      slots[2 * level] += i - from;
      from = i;
      while (i < length && sortedNormal[i] == key) {
        i++;
      }
      slots[2 * level + 1] += i - from;
    }
    slots[2 * keys.length] += length - i;
  }
}
