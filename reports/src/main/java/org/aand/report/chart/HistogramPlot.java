package org.aand.report.chart;

/** Counts values in bins of equal width. */
public final class HistogramPlot {
  private HistogramPlot() {}

  /**
   * The number of values in each bin. A value on a border belongs to the bin above it, the maximum
   * to the last bin.
   *
   * @param values each in {@code [min, max]}
   * @param bins at least 1
   * @throws IllegalArgumentException if a value lies outside
   */
  public static int[] count(double[] values, double min, double max, int bins) {
    var counts = new int[bins];
    for (double value : values) {
      if (!(value >= min && value <= max)) {
        throw new IllegalArgumentException(value + " is not in " + min + ".." + max);
      }
      counts[Math.min(bins - 1, (int) ((value - min) / (max - min) * bins))]++;
    }
    return counts;
  }
}
