package org.aand.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.aand.common.heatmap.Heatmap;
import org.aand.report.SkippedFile;

/**
 * A {@link PredictionReport} as the templates see it: text ready to print, the highest score first.
 *
 * @param summary how many images there are and what was decided
 * @param decided whether there are verdicts
 * @param charts the histogram of the scores for wide and for narrow screens; empty without images
 * @param above the cards above the threshold line
 * @param below those below it
 * @param line the label of the threshold line; empty if nothing was decided
 * @param bound which images have a card; empty if all have
 * @param rows all images
 * @param outlined whether regions are known
 */
record PredictionView(
    String title,
    String model,
    String summary,
    String thresholdAbout,
    boolean decided,
    List<ScoreChart> charts,
    List<Card> above,
    List<Card> below,
    String line,
    String bound,
    List<Row> rows,
    Scale scale,
    List<SkippedFile> skipped,
    boolean outlined) {

  /**
   * An image with its score.
   *
   * @param link the address of the file; empty if there is none
   * @param verdict "anomalous", "normal" or "undecided"
   * @param series the colour class of the verdict; empty for none
   */
  record Row(String file, String link, String score, String verdict, String series) {}

  /**
   * An image that is shown.
   *
   * @param outline of its regions, transparent elsewhere; empty if there are none
   * @param regions where they are, a line each
   */
  record Card(
      Row row, String about, String image, String heatmap, String outline, List<String> regions) {}

  /** The colours of the heatmaps. */
  record Scale(String legend, String min, String middle, String max) {
    static Scale of(PredictionReport report) {
      return new Scale(
          Heatmap.legend().dataUri(),
          Numbers.significant(report.scale().min(), 3),
          Numbers.significant((report.scale().min() + report.scale().max()) / 2, 3),
          Numbers.significant(report.scale().max(), 3));
    }
  }

  /** So many regions of an image are listed; the outlines show all. */
  private static final int REGIONS_LISTED = 3;

  private static final Comparator<PredictionReport.Scored> HIGHEST_FIRST =
      Comparator.comparingDouble(PredictionReport.Scored::score)
          .reversed()
          .thenComparing(PredictionReport.Scored::file);

  static PredictionView of(PredictionReport report, ImageLinks links) {
    var scores = report.images().stream().mapToDouble(PredictionReport.Scored::score).toArray();
    int decimals = Numbers.decimals(Arrays.stream(scores).map(Math::abs).max().orElse(1));
    return new PredictionView(
        report.title(),
        report.model(),
        summary(report),
        report.thresholdAbout(),
        report.threshold().isPresent(),
        scores.length == 0 ? List.of() : ScoreChart.of(scores, report.threshold(), decimals),
        cards(report, true, links, decimals),
        cards(report, false, links, decimals),
        report.threshold().isEmpty()
            ? ""
            : "threshold " + Numbers.fixed(report.threshold().getAsDouble(), decimals),
        bound(report),
        report.images().stream()
            .sorted(HIGHEST_FIRST)
            .map(image -> row(image, report, links, decimals))
            .toList(),
        Scale.of(report),
        report.skipped(),
        report.shown().stream().anyMatch(shown -> shown.regions().isPresent()));
  }

  private static List<Card> cards(
      PredictionReport report, boolean anomalous, ImageLinks links, int decimals) {
    return report.shown().stream()
        .filter(shown -> report.isAnomalous(shown.scored()) == anomalous)
        .sorted(Comparator.comparing(PredictionReport.Shown::scored, HIGHEST_FIRST))
        .map(
            shown ->
                new Card(
                    row(shown.scored(), report, links, decimals),
                    shown.percentile().isEmpty()
                        ? ""
                        : "higher than "
                            + Numbers.fixed(shown.percentile().getAsDouble(), 0)
                            + "% of normal images",
                    shown.image().dataUri(),
                    shown.heatmap().dataUri(),
                    shown
                        .regions()
                        .filter(regions -> !regions.boxes().isEmpty())
                        .map(regions -> regions.outline().dataUri())
                        .orElse(""),
                    shown.regions().map(PredictionView::regions).orElse(List.of())))
        .toList();
  }

  private static List<String> regions(PredictionReport.Regions regions) {
    var boxes = regions.boxes();
    var lines = new ArrayList<String>();
    boxes.stream()
        .limit(REGIONS_LISTED)
        .forEach(
            box ->
                lines.add(
                    box.width()
                        + " × "
                        + box.height()
                        + " at ("
                        + box.x()
                        + ", "
                        + box.y()
                        + "), peak "
                        + Numbers.significant(box.peak(), 3)));
    if (boxes.size() > REGIONS_LISTED) {
      lines.add(Numbers.count(boxes.size() - REGIONS_LISTED, "more region", "more regions"));
    }
    return lines;
  }

  private static Row row(
      PredictionReport.Scored image, PredictionReport report, ImageLinks links, int decimals) {
    boolean decided = report.threshold().isPresent();
    boolean anomalous = report.isAnomalous(image);
    return new Row(
        image.file(),
        links.to(image.file()),
        Numbers.fixed(image.score(), decimals),
        !decided ? "undecided" : anomalous ? "anomalous" : "normal",
        !decided ? "" : anomalous ? "defective" : "good");
  }

  private static String summary(PredictionReport report) {
    int n = report.images().size();
    var text = Numbers.count(n, "image", "images");
    if (report.threshold().isPresent()) {
      long anomalous = report.images().stream().filter(report::isAnomalous).count();
      text += ": " + anomalous + " anomalous, " + (n - anomalous) + " normal";
    } else {
      text += "; nothing is decided, the model has no threshold";
    }
    int skipped = report.skipped().size();
    return text
        + (skipped == 0 ? "." : "; " + Numbers.count(skipped, "file", "files") + " not usable.");
  }

  private static String bound(PredictionReport report) {
    int shown = report.shown().size();
    return shown == report.images().size()
        ? ""
        : "Shown here: the "
            + Numbers.count(shown, "image", "images")
            + " with the highest scores of "
            + report.images().size()
            + ". The table below lists all.";
  }
}
