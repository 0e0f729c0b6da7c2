package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.report.ScoredImage;
import org.aand.report.chart.RocPlot;
import org.jspecify.annotations.Nullable;

/**
 * The images of one run.
 *
 * @param legend the colours of the scale as a data URI
 * @param scaleMin the value of its first colour
 * @param scaleMax the value of its last colour
 */
record GalleryView(
    String run,
    String legend,
    String scaleMin,
    String scaleMiddle,
    String scaleMax,
    boolean hasOutlines,
    List<Group> groups) {

  /** Images chosen for one reason. */
  record Group(String heading, String about, List<Card> cards) {}

  /**
   * One image with its anomaly map.
   *
   * @param outline the outline of the true defect, or {@code null}
   * @param series "good" or "defective", also its colour class
   * @param verdict what the threshold with the best F1 makes of it, or empty
   */
  record Card(
      String file,
      String label,
      String series,
      String score,
      String verdict,
      String image,
      String overlay,
      @Nullable String outline) {}

  static GalleryView of(Report.Run run) {
    Map<String, ImageExample> examples =
        run.examples().stream()
            .collect(Collectors.toMap(ImageExample::file, Function.identity(), (a, b) -> a));
    var roc = RocPlot.of(run.result().images());
    OptionalDouble threshold =
        roc.hasBothClasses() ? OptionalDouble.of(roc.bestF1().threshold()) : OptionalDouble.empty();
    double largest =
        run.result().images().stream().mapToDouble(i -> Math.abs(i.score())).max().orElse(1);
    int decimals = Numbers.decimals(largest);
    Gallery gallery = run.gallery();
    var groups = new ArrayList<Group>();
    addGroup(
        groups,
        "Highest scores",
        "The images that " + run.name() + " scores highest, highest first.",
        cards(gallery.highest(), examples, threshold, decimals));
    addGroup(
        groups,
        "Normal images with the highest scores",
        "Where false alarms come from, highest first.",
        cards(gallery.goodHighest(), examples, threshold, decimals));
    addGroup(
        groups,
        "Defective images with the lowest scores",
        "Where misses come from, lowest first.",
        cards(gallery.defectiveLowest(), examples, threshold, decimals));
    return new GalleryView(
        run.name(),
        Heatmap.legend().dataUri(),
        Numbers.significant(run.scale().min(), 3),
        Numbers.significant((run.scale().min() + run.scale().max()) / 2, 3),
        Numbers.significant(run.scale().max(), 3),
        run.examples().stream().anyMatch(example -> example.outline() != null),
        groups);
  }

  boolean hasImages() {
    return !groups.isEmpty();
  }

  private static void addGroup(List<Group> groups, String heading, String about, List<Card> cards) {
    if (!cards.isEmpty()) {
      groups.add(new Group(heading, about, cards));
    }
  }

  private static List<Card> cards(
      List<ScoredImage> images,
      Map<String, ImageExample> examples,
      OptionalDouble threshold,
      int decimals) {
    var cards = new ArrayList<Card>();
    for (ScoredImage image : images) {
      ImageExample example = examples.get(image.file());
      if (example != null) {
        Png outline = example.outline();
        cards.add(
            new Card(
                image.file(),
                image.label(),
                image.defective() ? "defective" : "good",
                Numbers.fixed(image.score(), decimals),
                threshold.isEmpty() ? "" : verdict(image, threshold.getAsDouble()),
                example.image().dataUri(),
                example.overlay().dataUri(),
                outline == null ? null : outline.dataUri()));
      }
    }
    return cards;
  }

  private static String verdict(ScoredImage image, double threshold) {
    boolean flagged = image.score() >= threshold;
    if (flagged == image.defective()) {
      return "";
    }
    return flagged ? "false alarm" : "missed";
  }
}
