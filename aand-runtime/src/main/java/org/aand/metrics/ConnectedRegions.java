package org.aand.metrics;

import java.util.Arrays;

/**
 * The connected regions of a binary mask.
 *
 * <p>Computed from the runs of each row ({@link RegionRuns}), so the cost is one scan of the mask
 * plus the runs. Regions are numbered 1.. in the order in which a row-by-row scan meets them.
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
    var runs = new RegionRuns(width, connectivity);
    for (int y = 0; y < height; y++) {
      runs.addRow(mask, y * width);
    }
    int[] regions = runs.regions();
    int[] labels = new int[mask.length];
    int[] areas = new int[Arrays.stream(regions).max().orElse(0)];
    for (int run = 0; run < regions.length; run++) {
      Arrays.fill(labels, runs.start(run), runs.end(run), regions[run]);
      areas[regions[run] - 1] += runs.end(run) - runs.start(run);
    }
    return new ConnectedRegions(labels, areas);
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
}
