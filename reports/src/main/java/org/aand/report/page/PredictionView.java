package org.aand.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.common.heatmap.Heatmap;
import org.aand.report.SkippedFile;
import org.aand.report.chart.Axis;
import org.aand.report.chart.HistogramPlot;
import org.aand.report.chart.Svg;
import org.jspecify.annotations.Nullable;

/**
 * A prediction report as the template sees them: text ready to print, the highest score first.
 *
 * @param summary how many parts there are and what was decided
 * @param chart {@code null} when no part was scored
 * @param above the cards above the threshold line
 * @param below those below it
 * @param line the label of the threshold line; empty if nothing was decided
 */
record PredictionView(
    String title,
    String model,
    String summary,
    String thresholdAbout,
    @Nullable Chart chart,
    List<Card> above,
    List<Card> below,
    String line,
    String notShown,
    Scale scale,
    List<SkippedFile> skipped) {

  /** One part. */
  record Card(
      String file, String score, String about, String series, String thumbnail, String heatmap) {}

  /** The colours of the heatmaps. */
  record Scale(String legend, String min, String middle, String max) {
    static Scale of(PredictionReport parts) {
      return new Scale(
          Heatmap.legend().dataUri(),
          Numbers.significant(parts.scale().min(), 3),
          Numbers.significant((parts.scale().min() + parts.scale().max()) / 2, 3),
          Numbers.significant(parts.scale().max(), 3));
    }
  }

  /**
   * The histogram of all scores.
   *
   * @param threshold where it lies; empty if there is none
   */
  record Chart(
      Plot plot, List<HistogramBar> bars, String threshold, String thresholdLabel, String anchor) {}

  private static final int BINS = 48;

  static PredictionView of(PredictionReport parts) {
    int decimals = Numbers.decimals(parts.scores().stream().mapToDouble(Math::abs).max().orElse(1));
    var sorted =
        parts.shown().stream()
            .sorted(
                Comparator.comparingDouble(PredictionReport.Part::score)
                    .reversed()
                    .thenComparing(PredictionReport.Part::file))
            .toList();
    var above = new ArrayList<Card>();
    var below = new ArrayList<Card>();
    for (var part : sorted) {
      boolean anomalous = exceeds(part.score(), parts.threshold());
      (anomalous ? above : below).add(card(part, anomalous, parts.threshold(), decimals));
    }
    int hidden = parts.scores().size() - parts.shown().size();
    return new PredictionView(
        parts.title(),
        parts.model(),
        summary(parts),
        parts.thresholdAbout(),
        parts.scores().isEmpty() ? null : chart(parts, decimals),
        above,
        below,
        parts.threshold().isEmpty()
            ? ""
            : "threshold " + Numbers.fixed(parts.threshold().getAsDouble(), decimals),
        hidden > 0
            ? Numbers.count(hidden, "part", "parts") + " with lower scores not shown here."
            : "",
        Scale.of(parts),
        parts.skipped());
  }

  private static boolean exceeds(double score, OptionalDouble threshold) {
    return threshold.isPresent() && score > threshold.getAsDouble();
  }

  private static Card card(
      PredictionReport.Part part, boolean anomalous, OptionalDouble threshold, int decimals) {
    var percentile = part.percentile();
    return new Card(
        part.file(),
        Numbers.fixed(part.score(), decimals),
        percentile.isEmpty()
            ? ""
            : "above " + Numbers.fixed(percentile.getAsDouble(), 0) + "% of normals",
        threshold.isEmpty() ? "" : anomalous ? "defective" : "good",
        part.thumbnail().dataUri(),
        part.heatmap().dataUri());
  }

  private static String summary(PredictionReport parts) {
    int n = parts.scores().size();
    var text = Numbers.count(n, "part", "parts");
    if (parts.threshold().isPresent()) {
      long anomalous =
          parts.scores().stream().filter(score -> exceeds(score, parts.threshold())).count();
      text += ", " + anomalous + " anomalous, " + (n - anomalous) + " normal";
    } else {
      text += "; nothing is decided, the model has no threshold";
    }
    int skipped = parts.skipped().size();
    return text
        + (skipped == 0 ? "." : "; " + Numbers.count(skipped, "file", "files") + " not usable.");
  }

  private static Chart chart(PredictionReport parts, int decimals) {
    var scores = parts.scores().stream().mapToDouble(Double::doubleValue).toArray();
    double low = java.util.Arrays.stream(scores).min().orElseThrow();
    double high = java.util.Arrays.stream(scores).max().orElseThrow();
    if (parts.threshold().isPresent()) {
      low = Math.min(low, parts.threshold().getAsDouble());
      high = Math.max(high, parts.threshold().getAsDouble());
    }
    Axis x = Axis.rounded(low, high, 34, 668, 9);
    int[] counts = HistogramPlot.count(scores, x.min(), x.max(), BINS);
    int most = java.util.Arrays.stream(counts).max().orElse(1);
    Axis y = Axis.whole(0, most, 138, 24, 3);
    var bars =
        HistogramBar.of(
            counts,
            x,
            y,
            middle -> exceeds(middle, parts.threshold()) ? "defective" : "good",
            count -> Numbers.count(count, "part", "parts"));
    var threshold = parts.threshold();
    double at = threshold.isPresent() ? x.at(threshold.getAsDouble()) : 0;
    return new Chart(
        new Plot(680, 184, x, y, "score", "", "Histogram of the scores of all images"),
        bars,
        threshold.isPresent() ? Svg.number(at) : "",
        threshold.isPresent()
            ? "threshold " + Numbers.fixed(threshold.getAsDouble(), decimals)
            : "",
        at > (x.from() + x.to()) / 2 ? "end" : "start");
  }
}
