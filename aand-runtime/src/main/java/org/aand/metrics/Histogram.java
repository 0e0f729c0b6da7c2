package org.aand.metrics;

/**
 * Counts of values in bins of equal width between fixed edges, so that histograms of different
 * classes or runs can be laid over each other.
 */
public final class Histogram {
  private Histogram() {}

  /**
   * Bins and counts. Bin i holds the values from edge i up to, but without, edge i+1; the last one
   * holds its upper edge too. Values outside are not lost but counted beside.
   *
   * @param edges bins + 1 of them, ascending
   * @param counts one a bin
   * @param below values under the first edge
   * @param above values over the last edge
   */
  @SuppressWarnings("ArrayRecordComponent") // handed to a plot, never compared
  public record Result(double[] edges, long[] counts, long below, long above) {}

  /**
   * Counts values.
   *
   * @param min the first edge
   * @param max the last edge, greater than min
   * @param bins at least 1
   * @throws IllegalArgumentException if the edges are not finite and ascending, there is no bin, or
   *     a value is NaN
   */
  public static Result of(float[] values, double min, double max, int bins) {
    if (!(min < max && Double.isFinite(max - min)) || bins < 1) {
      throw new IllegalArgumentException(bins + " bins from " + min + " to " + max);
    }
    double[] edges = new double[bins + 1];
    for (int i = 0; i < bins; i++) {
      edges[i] = min + (max - min) * i / bins;
    }
    edges[bins] = max;
    long[] counts = new long[bins];
    long below = 0;
    long above = 0;
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      if (Float.isNaN(value)) {
        throw new IllegalArgumentException("value " + i + " of the histogram is NaN");
      }
      if (value < min) {
        below++;
      } else if (value > max) {
        above++;
      } else {
        counts[bin(edges, value)]++;
      }
    }
    return new Result(edges, counts, below, above);
  }

  /** The quotient finds the bin up to rounding; the edges have the last word. */
  private static int bin(double[] edges, double value) {
    int bins = edges.length - 1;
    int bin = (int) ((value - edges[0]) / (edges[bins] - edges[0]) * bins);
    bin = Math.min(bin, bins - 1);
    while (bin > 0 && value < edges[bin]) {
      bin--;
    }
    while (bin < bins - 1 && value >= edges[bin + 1]) {
      bin++;
    }
    return bin;
  }
}
