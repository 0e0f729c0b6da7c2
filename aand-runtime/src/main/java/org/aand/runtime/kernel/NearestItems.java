package org.aand.runtime.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * The items of a bank that are nearest to each of many rows, by an exact search: products with all
 * items, block by block.
 *
 * <ul>
 *   <li>rows: {@code [R, C]}
 *   <li>bank: {@code [M, C]}
 *   <li>found: {@code [R, k]}, the nearest first; of items equally near the first
 * </ul>
 *
 * <p>What is found is the same whatever the number of rows and of threads. For one call at a time.
 */
public final class NearestItems {
  private static final int CHUNK = 16;

  private final ItemBank bank;
  private final int count;
  private final List<Product> products;
  private final Object[] locks = new Object[64];
  // Of each row the greatest keys, in descending order.
  private long[] best = {};

  /**
   * Prepares a search.
   *
   * @param count k, at most as many as there are items
   */
  public NearestItems(ItemBank bank, int count) {
    if (count < 1 || count > bank.items()) {
      throw new IllegalArgumentException(count + " nearest of " + bank.items() + " items");
    }
    this.bank = bank;
    this.count = count;
    products = bank.blocks().stream().map(block -> new Product(block, Activation.NONE)).toList();
    Arrays.setAll(locks, i -> new Object());
  }

  /**
   * Searches for rows.
   *
   * @param x {@code [R, C]} from the offset on
   */
  public void run(Workers workers, float[] x, int offset, int rowCount) {
    if (best.length < rowCount * count) {
      best = new long[Math.multiplyExact(rowCount, count)];
    }
    Arrays.fill(best, 0, rowCount * count, Long.MIN_VALUE);
    int first = 0;
    for (var product : products) {
      int from = first;
      product.run(
          workers,
          ArrayRows.of(x, offset, bank.channels()),
          rowCount,
          (row, n, column, columns, c, stride) -> {
            for (int r = 0; r < n; r++) {
              merge(row + r, c, r * stride, columns, from + column);
            }
          });
      first += ItemBank.BLOCK;
    }
  }

  /** An item that the last search has found: the k-th nearest of a row, from 0. */
  public int item(int row, int k) {
    return Integer.MAX_VALUE - (int) best[row * count + k];
  }

  /**
   * The distances of rows to their nearest items by the differences themselves, so that they are
   * exact to rounding also where they are small.
   *
   * @param x as in the last search
   * @param to {@code [R]} from index 0 on
   */
  public void distances(Workers workers, float[] x, int offset, int rowCount, float[] to) {
    workers.run(
        (rowCount + CHUNK - 1) / CHUNK,
        (task, scratch) -> {
          int end = Math.min(rowCount, (task + 1) * CHUNK);
          for (int row = task * CHUNK; row < end; row++) {
            to[row] = bank.distance(x, offset + row * bank.channels(), item(row, 0), scratch);
          }
        });
  }

  /** Takes the values of a row with consecutive items; called by several threads. */
  private void merge(int row, float[] values, int offset, int columns, int firstItem) {
    float least = insert(row, Long.MIN_VALUE);
    for (int i = 0; i < columns; i++) {
      float value = values[offset + i];
      // Not the other way round, as NaN has to pass: it is what a row of NaN finds.
      if (!(value < least)) {
        least = insert(row, key(value, firstItem + i));
      }
    }
  }

  /** Keeps a key of a row if it is one of the greatest; what a further one has to reach. */
  private float insert(int row, long key) {
    int at = row * count;
    int end = at + count;
    synchronized (locks[row % locks.length]) {
      int place = end;
      while (place > at && best[place - 1] < key) {
        place--;
      }
      if (place < end) {
        System.arraycopy(best, place, best, place + 1, end - 1 - place);
        best[place] = key;
      }
      long least = best[end - 1];
      return least == Long.MIN_VALUE ? Float.NEGATIVE_INFINITY : value(least);
    }
  }

  /** Greater for a greater value, and of equal ones for the lower item. */
  private static long key(float value, int item) {
    return (long) ordered(Float.floatToIntBits(value)) << 32 | (Integer.MAX_VALUE - item);
  }

  private static float value(long key) {
    return Float.intBitsToFloat(ordered((int) (key >> 32)));
  }

  /** Turns the bits of floats into integers of the same order, and back. */
  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
