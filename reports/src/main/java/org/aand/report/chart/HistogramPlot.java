package org.aand.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Counts values in bins of equal width. */
public final class HistogramPlot {
  private HistogramPlot() {}

  /**
   * A bin.
   *
   * @param from its lower end
   * @param to its upper end
   * @param count how many values it holds
   */
  public record Bin(double from, double to, int count) {}

  /**
   * Bins that divide a range evenly. A value on a border belongs to the bin above it, the maximum
   * to the last bin.
   *
   * @param values each in {@code [min, max]}
   * @param bins at least 1
   * @throws IllegalArgumentException if a value lies outside
   */
  public static List<Bin> even(double[] values, double min, double max, int bins) {
    var counts = new int[bins];
    double width = (max - min) / bins;
    for (double value : values) {
      check(value, min, max);
      counts[Math.min(bins - 1, (int) ((value - min) / (max - min) * bins))]++;
    }
    return bins(counts, i -> min + width * i, min, max);
  }

  /**
   * Bins of which one ends exactly at a threshold, so that none holds values of both its sides. A
   * value that equals the threshold belongs below it. The first and the last bin may be narrower.
   *
   * @param values each in {@code [min, max]}
   * @param threshold within the range, and none of its ends
   * @param bins into how many the range would be divided evenly, at least 1
   * @throws IllegalArgumentException if a value or the threshold lies outside
   */
  public static List<Bin> cutAt(
      double threshold, double[] values, double min, double max, int bins) {
    if (!(threshold > min && threshold < max)) {
      throw new IllegalArgumentException(threshold + " is not within " + min + ".." + max);
    }
    double width = (max - min) / bins;
    int below = (int) Math.ceil((threshold - min) / width);
    int above = (int) Math.ceil((max - threshold) / width);
    var counts = new int[below + above];
    for (double value : values) {
      check(value, min, max);
      double steps = (value - threshold) / width;
      int bin =
          value > threshold
              ? Math.min(above - 1, (int) Math.floor(steps))
              : Math.max(-below, (int) Math.floor(steps));
      // Within rounding of the threshold a quotient may fall to its other side.
      counts[below + (value > threshold ? Math.max(0, bin) : Math.min(-1, bin))]++;
    }
    return bins(counts, i -> threshold + width * (i - below), min, max);
  }

  private static List<Bin> bins(int[] counts, IntToDoubleFunction edge, double min, double max) {
    var bins = new ArrayList<Bin>();
    for (int i = 0; i < counts.length; i++) {
      double from = Math.max(min, edge.applyAsDouble(i));
      double to = i + 1 == counts.length ? max : edge.applyAsDouble(i + 1);
      bins.add(new Bin(from, to, counts[i]));
    }
    return bins;
  }

  private static void check(double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(value + " is not in " + min + ".." + max);
    }
  }
}
