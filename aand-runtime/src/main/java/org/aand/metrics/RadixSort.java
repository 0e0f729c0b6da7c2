package org.aand.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Ascending, stable least-significant-digit radix sort of int keys, optionally carrying an int with
 * each key.
 *
 * <p>Three digits of at most 11 bits are enough for any int; keys that differ in fewer bits are cut
 * into shorter or fewer digits. Scratch arrays are kept and grow; one sorter serves one thread.
 */
final class RadixSort {
  private static final int MAX_DIGIT_BITS = 11;

  private int[] spareKeys = new int[0];
  private int[] sparePayload = new int[0];

  /** Sorts the first {@code length} keys in place. */
  void sort(int[] keys, int length) {
    sort(keys, null, length);
  }

  /** Sorts the first {@code length} keys in place and moves the payload with them. */
  void sort(int[] keys, int @Nullable [] payload, int length) {
    if (length < 2) {
      return;
    }
    int min = keys[0];
    int max = keys[0];
    for (int i = 1; i < length; i++) {
      min = Math.min(min, keys[i]);
      max = Math.max(max, keys[i]);
    }
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(max - min); // unsigned difference
    if (bits == 0) {
      return;
    }
    int passes = (bits + MAX_DIGIT_BITS - 1) / MAX_DIGIT_BITS;
    int digitBits = (bits + passes - 1) / passes;
    int[][] counts = countDigits(keys, length, min, digitBits);
    reserve(length, payload != null);

    int[] from = keys;
    int[] to = spareKeys;
    int @Nullable [] payloadFrom = payload;
    int @Nullable [] payloadTo = payload == null ? null : sparePayload;
    for (int pass = 0; pass < passes; pass++) {
      int[] next = counts[pass];
      toFirstPositions(next);
      if (payloadFrom == null || payloadTo == null) {
        distribute(from, to, length, min, pass * digitBits, next);
      } else {
        distribute(from, to, payloadFrom, payloadTo, length, min, pass * digitBits, next);
      }
      int[] done = to;
      to = from;
      from = done;
      int @Nullable [] payloadDone = payloadTo;
      payloadTo = payloadFrom;
      payloadFrom = payloadDone;
    }
    if (from != keys) {
      System.arraycopy(from, 0, keys, 0, length);
      if (payload != null) {
        System.arraycopy(sparePayload, 0, payload, 0, length);
      }
    }
  }

  /** How often each value of each of the three digits occurs, from one reading of the keys. */
  private static int[][] countDigits(int[] keys, int length, int min, int digitBits) {
    int[] low = new int[1 << digitBits];
    int[] middle = new int[1 << digitBits];
    int[] high = new int[1 << digitBits];
    for (int i = 0; i < length; i++) {
      int offset = keys[i] - min;
      low[offset & (low.length - 1)]++;
      middle[(offset >>> digitBits) & (middle.length - 1)]++;
      high[(offset >>> (2 * digitBits)) & (high.length - 1)]++;
    }
    return new int[][] {low, middle, high};
  }

  /** From the counts of the digit's values to where the first key of each value goes. */
  private static void toFirstPositions(int[] counts) {
    int sum = 0;
    for (int digit = 0; digit < counts.length; digit++) {
      int count = counts[digit];
      counts[digit] = sum;
      sum += count;
    }
  }

  // The two loops have methods of their own: inside the long one above they compile to slower code.

  private static void distribute(int[] from, int[] to, int length, int min, int shift, int[] next) {
    for (int i = 0; i < length; i++) {
      int key = from[i];
      to[next[((key - min) >>> shift) & (next.length - 1)]++] = key;
    }
  }

  private static void distribute(
      int[] from,
      int[] to,
      int[] payloadFrom,
      int[] payloadTo,
      int length,
      int min,
      int shift,
      int[] next) {
    for (int i = 0; i < length; i++) {
      int key = from[i];
      int position = next[((key - min) >>> shift) & (next.length - 1)]++;
      to[position] = key;
      payloadTo[position] = payloadFrom[i];
    }
  }

  private void reserve(int length, boolean withPayload) {
    if (spareKeys.length < length) {
      spareKeys = new int[length];
    }
    if (withPayload && sparePayload.length < length) {
      sparePayload = new int[length];
    }
  }
}
