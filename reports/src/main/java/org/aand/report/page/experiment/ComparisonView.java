package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.report.experiment.figure.Comparison;
import org.aand.report.experiment.published.Published;
import org.aand.report.page.Numbers;

/**
 * Images with the maps of several methods.
 *
 * @param heads the heads of the columns
 * @param legend the colours of the scales as a data URI
 * @param scales what the first and the last colour mean for each method
 * @param rows the images
 */
record ComparisonView(
    String heading,
    List<String> heads,
    String legend,
    List<String> scales,
    List<Row> rows,
    String caption) {

  /** One image. */
  record Row(String file, String label, List<Panel> panels) {}

  /**
   * An image.
   *
   * @param address its data URI; empty where there is none
   * @param words what it shows
   * @param score the score below it, or empty
   */
  record Panel(String address, String words, String score) {}

  static ComparisonView of(Comparison comparison) {
    var heads = new ArrayList<>(List.of("Image", "Ground truth"));
    comparison.scales().forEach(scale -> heads.add(scale.method()));
    return new ComparisonView(
        Published.datasetLabel(comparison.dataset()) + " / " + comparison.category(),
        heads,
        Heatmap.legend().dataUri(),
        comparison.scales().stream().map(ComparisonView::scale).toList(),
        comparison.images().stream().map(image -> row(comparison, image)).toList(),
        comparison.chosen()
            + " Below each map: the image's score. Measured, "
            + comparison.protocol().key()
            + " ("
            + comparison.protocol().description()
            + ").");
  }

  private static String scale(Comparison.Scale scale) {
    return scale.method()
        + ": "
        + Numbers.significant(scale.min(), 3)
        + " to "
        + Numbers.significant(scale.max(), 3);
  }

  private static Row row(Comparison comparison, Comparison.Image image) {
    var panels = new ArrayList<Panel>();
    panels.add(
        new Panel(image.image().dataUri(), "Image " + image.file() + ", " + image.label(), ""));
    Png truth = image.truth();
    panels.add(
        truth == null
            ? new Panel("", "no defect marked", "")
            : new Panel(truth.dataUri(), "Ground truth of " + image.file(), ""));
    for (int i = 0; i < image.maps().size(); i++) {
      Comparison.Map map = image.maps().get(i);
      panels.add(
          new Panel(
              map.overlay().dataUri(),
              "Anomaly map of " + comparison.scales().get(i).method() + " for " + image.file(),
              Numbers.significant(map.score(), 4)));
    }
    return new Row(image.file(), image.label(), panels);
  }
}
