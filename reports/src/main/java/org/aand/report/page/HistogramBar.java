package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;

/**
 * A bin with at least one score, as the templates draw it.
 *
 * @param series its colour class
 * @param label how many scores it holds, and its range
 */
record HistogramBar(String x, String y, String width, String height, String series, String label) {

  /**
   * The bars of a histogram of scores.
   *
   * @param counts of bins that divide the axis of scores
   * @param x the axis of scores
   * @param y the axis of counts
   * @param series the colour class of a bin by its middle
   * @param counted a count in words
   */
  static List<HistogramBar> of(
      int[] counts, Axis x, Axis y, DoubleFunction<String> series, IntFunction<String> counted) {
    double width = (x.to() - x.from()) / counts.length;
    double range = (x.max() - x.min()) / counts.length;
    var bars = new ArrayList<HistogramBar>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        double from = x.min() + range * i;
        double to = x.min() + range * (i + 1);
        bars.add(
            new HistogramBar(
                Svg.number(x.from() + i * width + 0.5),
                y.svg(counts[i]),
                Svg.number(width - 1),
                Svg.number(y.from() - y.at(counts[i])),
                series.apply((from + to) / 2),
                counted.apply(counts[i])
                    + ", score "
                    + Numbers.significant(from, 4)
                    + " to "
                    + Numbers.significant(to, 4)));
      }
    }
    return bars;
  }
}
