package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.aand.report.chart.Axis;
import org.aand.report.chart.HistogramPlot.Bin;
import org.aand.report.chart.Svg;

/**
 * A bin with at least one score, as the templates draw it.
 *
 * @param series its colour class
 * @param label how many scores it holds, and its range
 */
record HistogramBar(String x, String y, String width, String height, String series, String label) {
  /** Between bars, in the drawing's units. */
  private static final double GAP = 1;

  /**
   * The bars of a histogram of scores, one for each bin that holds any.
   *
   * @param x the axis of scores
   * @param y the axis of counts
   * @param series the colour class of a bin
   * @param counted a count in words
   */
  static List<HistogramBar> of(
      List<Bin> bins, Axis x, Axis y, Function<Bin, String> series, IntFunction<String> counted) {
    var bars = new ArrayList<HistogramBar>();
    for (var bin : bins) {
      if (bin.count() > 0) {
        bars.add(
            new HistogramBar(
                Svg.number(x.at(bin.from()) + GAP / 2),
                y.svg(bin.count()),
                Svg.number(Math.max(GAP, x.at(bin.to()) - x.at(bin.from()) - GAP)),
                Svg.number(y.from() - y.at(bin.count())),
                series.apply(bin),
                counted.apply(bin.count())
                    + ", score "
                    + Numbers.significant(bin.from(), 4)
                    + " to "
                    + Numbers.significant(bin.to(), 4)));
      }
    }
    return bars;
  }

  /** The most that any bin holds. */
  static int highest(List<Bin> bins) {
    return bins.stream().mapToInt(Bin::count).max().orElse(0);
  }
}
