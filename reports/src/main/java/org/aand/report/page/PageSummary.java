package org.aand.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.aand.report.Metric;
import org.aand.report.RunResult;
import org.aand.report.ScoredImage;
import org.aand.report.chart.RocPlot;

/** The runs in sentences, for a reader who knows neither the method nor its metrics. */
final class PageSummary {
  private PageSummary() {}

  /**
   * A paragraph that begins with the runs it is about.
   *
   * @param who their names, or empty where there is but one run
   */
  record Paragraph(String who, String text) {}

  /** A paragraph for each set-up with the runs that share it, then one for each run's findings. */
  static List<Paragraph> of(List<Report.Run> runs) {
    var names = new LinkedHashMap<String, List<String>>();
    var findings = new ArrayList<Paragraph>();
    for (Report.Run run : runs) {
      names.computeIfAbsent(setUp(run.result()), key -> new ArrayList<>()).add(run.name());
      String found = found(run.result());
      if (!found.isEmpty()) {
        findings.add(
            runs.size() == 1 ? new Paragraph("", found) : new Paragraph(run.name() + ":", found));
      }
    }
    var paragraphs = new ArrayList<Paragraph>();
    names.forEach((setUp, who) -> paragraphs.add(new Paragraph(joined(who), setUp)));
    paragraphs.addAll(findings);
    return paragraphs;
  }

  private static String joined(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static String setUp(RunResult result) {
    String what = " of " + result.category() + " (" + result.dataset() + ")";
    String teacher =
        switch (result.teacher().source()) {
          case FILE -> "the teacher " + result.teacher().label();
          case DISTILLED -> "the small teacher " + result.teacher().label();
          case RANDOM -> "a randomly drawn teacher (" + result.teacher().label() + ")";
        };
    Integer count = result.trainImages();
    String images =
        count == null ? "normal images" : Numbers.count(count, "normal image", "normal images");
    return (result.stages().isEmpty()
            ? "used a saved model for images" + what + " with "
            : "learned from " + images + what + " with ")
        + teacher
        + tested(result.images());
  }

  private static String tested(List<ScoredImage> images) {
    if (images.isEmpty()) {
      return ". No test image was scored.";
    }
    var roc = RocPlot.of(images);
    return " and scored "
        + Numbers.count(images.size(), "test image", "test images")
        + ", "
        + roc.normal()
        + " normal and "
        + roc.defective()
        + " defective."
        + (roc.defective() == 0 ? " Without a defective image, detection cannot be measured." : "")
        + (roc.normal() == 0 ? " Without a normal image, false alarms cannot be measured." : "");
  }

  private static String found(RunResult result) {
    var own = result.threshold();
    var ranking = ranking(result);
    if (own == null) {
      return ranking;
    }
    return "The model's own threshold "
        + Numbers.significant(own.threshold(), 4)
        + (own.defective() == 0
            ? ""
            : " finds "
                + own.defectsFound()
                + " of "
                + Numbers.count(own.defective(), "defective image", "defective images")
                + " and")
        + (own.normal() == 0
            ? " has not been tested on normal images other than those it was set by"
            : " flags "
                + own.falseAlarms()
                + " of "
                + Numbers.count(own.normal(), "normal image", "normal images"))
        + "; of normal images to come it is expected to flag "
        + Numbers.percent(own.falseAlarmRate())
        + "."
        + (ranking.isEmpty() ? "" : " " + ranking);
  }

  private static String ranking(RunResult result) {
    var roc = RocPlot.of(result.images());
    if (!roc.hasBothClasses()) {
      return "";
    }
    var auroc = result.metric(Metric.IMAGE_AUROC);
    String ranking =
        auroc.isEmpty()
            ? ""
            : "A defective image scores above a normal one in "
                + Numbers.percent(auroc.getAsDouble())
                + " of all pairs. ";
    var best = roc.bestF1();
    return ranking
        + (result.threshold() == null
            ? "The threshold with the best F1 misses "
            : "The threshold with the best F1, chosen on these same images, misses ")
        + (roc.defective() - best.truePositives())
        + " of "
        + Numbers.count(roc.defective(), "defective image", "defective images")
        + " and flags "
        + best.falsePositives()
        + " of "
        + Numbers.count(roc.normal(), "normal one", "normal ones")
        + ".";
  }
}
