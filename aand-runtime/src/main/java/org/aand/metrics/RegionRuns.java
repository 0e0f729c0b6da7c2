package org.aand.metrics;

import java.util.Arrays;

/**
 * The connected regions of a binary mask that comes row by row, as the runs of foreground in its
 * rows.
 *
 * <p>A run joins those that it touches in the row above (union-find over runs, the earlier region
 * wins). Memory is that of the runs, not of the mask. Regions are numbered 1.. in the order in
 * which a row-by-row scan meets them.
 */
public final class RegionRuns {
  private final int width;
  private final int reach;
  private int[] start = new int[64];
  private int[] end = new int[64];
  private int[] parent = new int[64];
  private int count;
  private int rows;
  private int lastRow;

  /**
   * @param width of the mask in pixels
   * @param connectivity which neighbours belong together
   */
  public RegionRuns(int width, ConnectedRegions.Connectivity connectivity) {
    this.width = width;
    reach = connectivity == ConnectedRegions.Connectivity.EIGHT ? 1 : 0;
  }

  /**
   * Adds the next row.
   *
   * @param mask everything but 0 is foreground
   * @param from where the row begins in it
   * @throws ArithmeticException if the mask gets more pixels than an array can have
   */
  public void addRow(byte[] mask, int from) {
    int row = count;
    int shift = Math.multiplyExact(rows, width) - from;
    int to = from + width;
    int i = from;
    while (i < to) {
      while (i < to && mask[i] == 0) {
        i++;
      }
      int begin = i;
      while (i < to && mask[i] != 0) {
        i++;
      }
      if (begin < i) {
        add(begin + shift, i + shift);
      }
    }
    join(row);
    lastRow = row;
    rows++;
  }

  private void add(int begin, int stop) {
    if (count == start.length) {
      start = Arrays.copyOf(start, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
      parent = Arrays.copyOf(parent, 2 * count);
    }
    start[count] = begin;
    end[count] = stop;
    parent[count] = count;
    count++;
  }

  /** Joins the runs of the newest row with those of the row above that they touch. */
  private void join(int row) {
    int above = lastRow;
    for (int run = row; run < count; run++) {
      int left = start[run] - width - reach;
      int right = end[run] - width + reach;
      while (above < row && end[above] <= left) {
        above++;
      }
      for (int a = above; a < row && start[a] < right; a++) {
        unite(a, run);
      }
    }
  }

  private void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parent[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int run) {
    int r = run;
    while (parent[r] != r) {
      parent[r] = parent[parent[r]];
      r = parent[r];
    }
    return r;
  }

  /** How many runs there are so far, in scan order. */
  public int count() {
    return count;
  }

  /** The first pixel of a run, {@code y * width + x}. */
  public int start(int run) {
    return start[run];
  }

  /** Behind the last pixel of a run. */
  public int end(int run) {
    return end[run];
  }

  /** The region of each run as far as the rows go, numbered from 1. */
  public int[] regions() {
    int[] region = new int[count];
    int regions = 0;
    for (int run = 0; run < count; run++) {
      int root = root(run); // never after the run, so numbered already
      region[run] = root == run ? ++regions : region[root];
    }
    return region;
  }
}
