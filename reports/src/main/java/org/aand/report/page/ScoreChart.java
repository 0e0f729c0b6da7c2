package org.aand.report.page;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.report.chart.Axis;
import org.aand.report.chart.HistogramPlot;
import org.aand.report.chart.HistogramPlot.Bin;
import org.aand.report.chart.Svg;

/**
 * The histogram of the scores of images of which nothing is known, as the template draws it: one
 * colour for what lies above the threshold, another for the rest. A bar ends at the threshold, so
 * the bars of a colour hold as many images as the text says.
 *
 * @param style "wide" or "narrow": for which screens it is
 * @param threshold where the threshold lies; empty if there is none
 * @param anchor on which side of it its label stands
 */
record ScoreChart(
    String style,
    Plot plot,
    List<HistogramBar> bars,
    String threshold,
    String thresholdLabel,
    String anchor) {

  /**
   * The chart for wide screens and that for narrow ones: lettering of one size, so that neither has
   * to be scaled down or scrolled.
   *
   * @param scores at least one
   * @param decimals of the threshold
   */
  static List<ScoreChart> of(double[] scores, OptionalDouble threshold, int decimals) {
    return List.of(
        of("wide", 680, 48, scores, threshold, decimals),
        of("narrow", 340, 24, scores, threshold, decimals));
  }

  private static ScoreChart of(
      String style, int width, int bins, double[] scores, OptionalDouble threshold, int decimals) {
    Axis x = axis(width, bins, scores, threshold);
    var counts =
        threshold.isPresent()
            ? HistogramPlot.cutAt(threshold.getAsDouble(), scores, x.min(), x.max(), bins)
            : HistogramPlot.even(scores, x.min(), x.max(), bins);
    Axis y = Axis.whole(0, HistogramBar.highest(counts), 138, 24, 3);
    double at = threshold.isPresent() ? x.at(threshold.getAsDouble()) : 0;
    return new ScoreChart(
        style,
        new Plot(width, 184, x, y, "score", "images", "Histogram of the scores of all images"),
        HistogramBar.of(
            counts,
            x,
            y,
            bin -> series(bin, threshold),
            count -> Numbers.count(count, "image", "images")),
        threshold.isPresent() ? Svg.number(at) : "",
        threshold.isPresent()
            ? "threshold " + Numbers.fixed(threshold.getAsDouble(), decimals)
            : "",
        at > (x.from() + x.to()) / 2 ? "end" : "start");
  }

  /** Holds all scores, and room for a bar on either side of the threshold. */
  private static Axis axis(int width, int bins, double[] scores, OptionalDouble threshold) {
    double low = Arrays.stream(scores).min().orElseThrow();
    double high = Arrays.stream(scores).max().orElseThrow();
    if (threshold.isPresent()) {
      double at = threshold.getAsDouble();
      double range = Math.max(high, at) - Math.min(low, at);
      double room = Math.max(range, Math.max(1e-6, Math.abs(at) / 2)) / bins;
      low = Math.min(low, at - room);
      high = Math.max(high, at + room);
    }
    return Axis.rounded(low, high, 42, width - 12, width / 75);
  }

  private static String series(Bin bin, OptionalDouble threshold) {
    boolean above = threshold.isPresent() && bin.from() >= threshold.getAsDouble();
    return above ? "defective" : "good";
  }
}
