package org.aand.metrics;

import java.util.Arrays;

/**
 * The connected regions of a binary mask.
 *
 * <p>Computed from the runs of each row: a run joins the runs it touches in the row above
 * (union-find over runs, the earlier region wins), so the cost is one scan of the mask plus the
 * runs. Regions are numbered 1.. in the order in which a row-by-row scan meets them.
 */
public final class ConnectedRegions {
  /** Which neighbours belong together. */
  public enum Connectivity {
    /** Pixels that share an edge. */
    FOUR,
    /** Pixels that share an edge or a corner: the rule of the MVTec AD evaluation. */
    EIGHT
  }

  private final int[] labels;
  private final int[] areas;

  private ConnectedRegions(int[] labels, int[] areas) {
    this.labels = labels;
    this.areas = areas;
  }

  /** Labels a mask by 8-connectivity. */
  public static ConnectedRegions of(byte[] mask, int width, int height) {
    return of(mask, width, height, Connectivity.EIGHT);
  }

  /**
   * Labels a mask.
   *
   * @param mask {@code [height, width]} row-major; everything but 0 is foreground
   * @throws IllegalArgumentException if the mask does not fit the size
   */
  public static ConnectedRegions of(byte[] mask, int width, int height, Connectivity connectivity) {
    MapShapes.requireSize("mask", mask.length, width, height);
    var runs = new Runs();
    int reach = connectivity == Connectivity.EIGHT ? 1 : 0;
    int aboveFrom = 0;
    for (int y = 0; y < height; y++) {
      int rowFrom = runs.count;
      runs.scan(mask, y * width, (y + 1) * width);
      runs.join(aboveFrom, rowFrom, width, reach);
      aboveFrom = rowFrom;
    }
    return runs.label(mask.length);
  }

  /** How many regions there are. */
  public int count() {
    return areas.length;
  }

  /**
   * The number of pixels of a region.
   *
   * @param region 1 to {@link #count()}
   */
  public int area(int region) {
    return areas[region - 1];
  }

  /**
   * The region of a pixel, 0 outside of all.
   *
   * @param pixel {@code y * width + x}
   */
  public int at(int pixel) {
    return labels[pixel];
  }

  /** Maximal horizontal stretches of foreground, in scan order, and the forest over them. */
  private static final class Runs {
    private int[] start = new int[64];
    private int[] end = new int[64];
    private int[] parent = new int[64];
    private int count;

    void scan(byte[] mask, int from, int to) {
      int i = from;
      while (i < to) {
        while (i < to && mask[i] == 0) {
          i++;
        }
        if (i == to) {
          return;
        }
        int begin = i;
        while (i < to && mask[i] != 0) {
          i++;
        }
        add(begin, i);
      }
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

    /** Joins the runs from {@code rowFrom} on with those of the row above that they touch. */
    void join(int aboveFrom, int rowFrom, int width, int reach) {
      int above = aboveFrom;
      for (int run = rowFrom; run < count; run++) {
        int left = start[run] - width - reach;
        int right = end[run] - width + reach;
        while (above < rowFrom && end[above] <= left) {
          above++;
        }
        for (int a = above; a < rowFrom && start[a] < right; a++) {
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

    ConnectedRegions label(int pixels) {
      int[] labels = new int[pixels];
      int[] areas = new int[count];
      int[] region = new int[count];
      int regions = 0;
      for (int run = 0; run < count; run++) {
        int root = root(run); // never after the run, so numbered already
        region[run] = root == run ? ++regions : region[root];
        Arrays.fill(labels, start[run], end[run], region[run]);
        areas[region[run] - 1] += end[run] - start[run];
      }
      return new ConnectedRegions(labels, Arrays.copyOf(areas, regions));
    }
  }
}
