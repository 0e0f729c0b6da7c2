package org.aand.report.page;

import java.util.List;
import java.util.stream.DoubleStream;
import org.aand.report.ScoredImage;
import org.aand.report.chart.Axis;
import org.aand.report.chart.Axis.Tick;
import org.aand.report.chart.HistogramPlot;
import org.aand.report.chart.HistogramPlot.Bin;
import org.aand.report.chart.RocPlot;
import org.aand.report.chart.Svg;

/**
 * The scores of one run's normal images above those of its defective ones, on the same axes.
 *
 * @param threshold where the threshold with the best F1 lies; empty if there is none
 */
record HistogramView(
    String heading,
    Plot plot,
    List<Band> bands,
    String threshold,
    String thresholdLabel,
    String thresholdAnchor,
    String caption) {

  /**
   * The histogram of one class.
   *
   * @param series "good" or "defective", also its colour class
   * @param label class and count
   * @param labelY the height of the label
   * @param base the height of its zero line
   * @param ticks its counts
   */
  record Band(
      String series,
      String label,
      String labelY,
      String base,
      List<Tick> ticks,
      List<HistogramBar> bars) {}

  private static final int BINS = 30;
  private static final double BAND_HEIGHT = 92;
  private static final double[] BASES = {128, 246};

  static HistogramView of(Report.Run run) {
    List<ScoredImage> images = run.result().images();
    double low = images.stream().mapToDouble(ScoredImage::score).min().orElseThrow();
    double high = images.stream().mapToDouble(ScoredImage::score).max().orElseThrow();
    Axis x = Axis.rounded(low, high, 34, 328, 6);
    var good = HistogramPlot.even(scores(images, false), x.min(), x.max(), BINS);
    var defective = HistogramPlot.even(scores(images, true), x.min(), x.max(), BINS);
    int most = Math.max(HistogramBar.highest(good), HistogramBar.highest(defective));
    var roc = RocPlot.of(images);
    boolean hasThreshold = roc.hasBothClasses();
    double threshold = hasThreshold ? roc.bestF1().threshold() : 0;
    return new HistogramView(
        "Scores of " + run.name(),
        new Plot(
            340,
            292,
            x,
            new Axis(0, 1, BASES[1], 22, List.of()),
            "image score",
            "",
            "Histogram of the image scores of " + run.name()),
        List.of(
            band("good", "normal", roc.normal(), good, most, x, BASES[0]),
            band("defective", "defective", roc.defective(), defective, most, x, BASES[1])),
        hasThreshold ? x.svg(threshold) : "",
        "threshold "
            + Numbers.fixed(threshold, Numbers.decimals(Math.max(Math.abs(low), Math.abs(high)))),
        x.at(threshold) > (x.from() + x.to()) / 2 ? "end" : "start",
        hasThreshold
            ? "Image scores. Dashed: the threshold with the best F1, chosen on these same images."
            : "Image scores.");
  }

  private static double[] scores(List<ScoredImage> images, boolean defective) {
    return images.stream()
        .filter(image -> image.defective() == defective)
        .flatMapToDouble(image -> DoubleStream.of(image.score()))
        .toArray();
  }

  private static Band band(
      String series, String name, int total, List<Bin> bins, int most, Axis x, double base) {
    Axis y = Axis.whole(0, most, base, base - BAND_HEIGHT, 3);
    return new Band(
        series,
        name + ", " + Numbers.count(total, "image", "images"),
        Svg.number(base - BAND_HEIGHT - 4),
        Svg.number(base),
        y.ticks(),
        HistogramBar.of(bins, x, y, bin -> series, count -> count + " " + name));
  }
}
