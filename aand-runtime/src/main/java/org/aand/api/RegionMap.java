package org.aand.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.detect.MapResize;
import org.aand.metrics.ConnectedRegions.Connectivity;
import org.aand.metrics.RegionRuns;

/**
 * The regions of one image above the pixel threshold, kept as runs of pixels, so that a large image
 * costs no second one.
 */
final class RegionMap {
  private static final Comparator<Region> HIGHEST_FIRST =
      Comparator.comparingDouble(Region::peak)
          .reversed()
          .thenComparingInt(Region::peakY)
          .thenComparingInt(Region::peakX);

  private final int width;
  private final int height;
  private final List<Region> regions;

  /** Runs of the regions that count, as pairs of first pixel and the one behind the last. */
  private final List<int[]> runs;

  private RegionMap(int width, int height, List<Region> regions, List<int[]> runs) {
    this.width = width;
    this.height = height;
    this.regions = regions;
    this.runs = runs;
  }

  /**
   * Finds the regions.
   *
   * @param map of mapSize
   * @param width of the image
   * @param height of the image
   * @param threshold higher pixels belong to a region
   * @param minimumArea in pixels of the image; smaller regions are left out
   */
  static RegionMap of(
      float[] map, ImageSize mapSize, int width, int height, float threshold, int minimumArea) {
    var above = new RegionRuns(width, Connectivity.EIGHT);
    var peaks = new ArrayList<Peak>();
    boolean[] rises = rises(map, mapSize, threshold);
    float[] row = new float[width];
    byte[] mask = new byte[width];
    byte[] nothing = new byte[width];
    for (int y = 0; y < height; y++) {
      int upper = MapResize.upperRow(y, mapSize.height(), height);
      if (!rises[upper] && !rises[Math.min(upper + 1, mapSize.height() - 1)]) {
        above.addRow(nothing, 0);
        continue;
      }
      MapResize.row(map, mapSize, width, height, y, row);
      for (int x = 0; x < width; x++) {
        mask[x] = (byte) (row[x] > threshold ? 1 : 0);
      }
      above.addRow(mask, 0);
      for (int run = peaks.size(); run < above.count(); run++) {
        peaks.add(Peak.of(row, y * width, above.start(run), above.end(run)));
      }
    }
    return counted(above, peaks, width, height, minimumArea);
  }

  /** Whether a row of the map has anything above; between two that have not nothing has. */
  private static boolean[] rises(float[] map, ImageSize size, float threshold) {
    boolean[] rises = new boolean[size.height()];
    for (int i = 0; i < map.length; i++) {
      rises[i / size.width()] |= map[i] > threshold;
    }
    return rises;
  }

  /** The greatest value of a run, and where it is. */
  private record Peak(float value, int pixel) {
    static Peak of(float[] row, int rowBegin, int from, int to) {
      int at = from;
      for (int pixel = from + 1; pixel < to; pixel++) {
        if (row[pixel - rowBegin] > row[at - rowBegin]) {
          at = pixel;
        }
      }
      return new Peak(row[at - rowBegin], at);
    }
  }

  private static RegionMap counted(
      RegionRuns above, List<Peak> peaks, int width, int height, int minimumArea) {
    int[] regionOf = above.regions();
    var growing = new ArrayList<Growing>();
    for (int run = 0; run < regionOf.length; run++) {
      if (regionOf[run] > growing.size()) {
        growing.add(new Growing(width));
      }
      growing.get(regionOf[run] - 1).add(above.start(run), above.end(run), peaks.get(run));
    }
    var runs = new ArrayList<int[]>();
    for (int run = 0; run < regionOf.length; run++) {
      if (growing.get(regionOf[run] - 1).area >= minimumArea) {
        runs.add(new int[] {above.start(run), above.end(run)});
      }
    }
    var regions =
        growing.stream()
            .filter(region -> region.area >= minimumArea)
            .map(Growing::region)
            .sorted(HIGHEST_FIRST)
            .toList();
    return new RegionMap(width, height, regions, runs);
  }

  /** A region while its runs are put together. */
  private static final class Growing {
    private final int width;
    private int left = Integer.MAX_VALUE;
    private int top = Integer.MAX_VALUE;
    private int right = -1;
    private int bottom = -1;
    private int area;
    private double sumX;
    private double sumY;
    private Peak peak = new Peak(Float.NEGATIVE_INFINITY, 0);

    Growing(int width) {
      this.width = width;
    }

    void add(int from, int to, Peak highest) {
      int y = from / width;
      int first = from % width;
      int length = to - from;
      left = Math.min(left, first);
      right = Math.max(right, first + length - 1);
      top = Math.min(top, y);
      bottom = y; // runs come row by row
      area += length;
      sumX += length * (first + (length - 1) / 2.0);
      sumY += (double) length * y;
      peak = highest.value() > peak.value() ? highest : peak;
    }

    Region region() {
      return new Region(
          left,
          top,
          right - left + 1,
          bottom - top + 1,
          area,
          sumX / area,
          sumY / area,
          peak.value(),
          peak.pixel() % width,
          peak.pixel() / width);
    }
  }

  /** By their peaks, the greatest first. */
  List<Region> regions() {
    return regions;
  }

  /**
   * The regions' pixels in the image or a reduced one, {@code [shownHeight, shownWidth]}: true
   * where a pixel of a region lies.
   */
  boolean[] mask(int shownWidth, int shownHeight) {
    boolean[] mask = new boolean[Math.multiplyExact(shownWidth, shownHeight)];
    for (int[] run : runs) {
      int row = (int) ((long) (run[0] / width) * shownHeight / height) * shownWidth;
      int from = (int) ((long) (run[0] % width) * shownWidth / width);
      int to = (int) ((long) ((run[1] - 1) % width) * shownWidth / width);
      for (int x = from; x <= to; x++) {
        mask[row + x] = true;
      }
    }
    return mask;
  }
}
