package org.aand.calibration;

import java.util.Arrays;

/**
 * The range of the one colour scale of all heatmaps: from 0 to twice what normal images reach, so
 * that normal parts stay in its lower half.
 *
 * <p>What an image reaches is the value that 99.9 % of its map lie at or below; single pixels do
 * not count.
 */
public final class HeatmapRange {
  private static final double CALM = 0.999;
  private static final double SMALLEST = 1e-6;

  private HeatmapRange() {}

  /** What one image reaches. */
  public static float reached(float[] map) {
    float[] sorted = map.clone();
    Arrays.sort(sorted);
    return sorted[(int) (CALM * (sorted.length - 1))];
  }

  /** The value of the brightest colour, given the most that any normal image reaches. */
  public static double maximum(double reachedByNormals) {
    return Math.max(2 * reachedByNormals, SMALLEST);
  }
}
