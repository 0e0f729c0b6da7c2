package org.aand.metrics;

import java.util.Arrays;

/** The greatest of many keys, some of which may be equal; holds twice as many as are wanted. */
final class GreatestKeys {
  private final int wanted;
  private final int[] kept;
  private int size;
  private boolean full;

  /** Of the keys that are left out none is greater. */
  private int bound;

  /**
   * @param wanted how many, at least 1
   */
  GreatestKeys(int wanted) {
    this.wanted = wanted;
    kept = new int[Math.multiplyExact(2, wanted)];
  }

  void add(int key) {
    if (full && key <= bound) {
      return;
    }
    kept[size++] = key;
    if (size == kept.length) {
      compact();
    }
  }

  private void compact() {
    Arrays.sort(kept, 0, size);
    int from = Math.max(0, size - wanted);
    System.arraycopy(kept, from, kept, 0, size - from);
    size -= from;
    full = size == wanted;
    bound = kept[0];
  }

  /** How many there are: those wanted, or all if there were fewer. */
  int size() {
    return Math.min(size, wanted);
  }

  int[] ascending() {
    compact();
    return Arrays.copyOf(kept, size);
  }
}
