package org.aand.report.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page as the templates see it: text ready to print, in the order of the page.
 *
 * @param overline what the page is about, above the title
 * @param notices what a reader must know before trusting the numbers
 * @param summary sentences in plain language
 * @param scores {@code null} when no image was scored
 * @param stages empty when nothing was trained
 */
record PageView(
    String title,
    String overline,
    String date,
    List<Notice> notices,
    List<PageSummary.Paragraph> summary,
    List<HeadlineView> headlines,
    MetricsView metrics,
    @Nullable ScoresView scores,
    List<StageView> stages,
    List<GalleryView> galleries,
    FactsView facts,
    List<SkippedView> skipped) {

  /** A file that a run left out. */
  record SkippedView(String run, String file, String reason) {}

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  static PageView of(Report report) {
    var runs = report.runs();
    var stages = new ArrayList<StageView>();
    for (Report.Run run : runs) {
      run.result().stages().stream()
          .filter(stage -> !stage.hasNoLoss())
          .forEach(stage -> stages.add(StageView.of(run, stage)));
    }
    return new PageView(
        report.title(),
        distinct(runs, run -> run.result().dataset() + " / " + run.result().category()),
        distinct(runs, run -> DATE.format(run.result().provenance().finishedAt())),
        Notice.of(runs),
        PageSummary.of(runs),
        HeadlineView.of(runs),
        MetricsView.of(runs),
        ScoresView.of(runs),
        stages,
        runs.stream().map(GalleryView::of).filter(GalleryView::hasImages).toList(),
        FactsView.of(runs),
        skipped(runs));
  }

  boolean hasScores() {
    return scores != null;
  }

  private static String distinct(
      List<Report.Run> runs, java.util.function.Function<Report.Run, String> text) {
    return runs.stream().map(text).distinct().collect(Collectors.joining(", "));
  }

  private static List<SkippedView> skipped(List<Report.Run> runs) {
    var skipped = new ArrayList<SkippedView>();
    for (Report.Run run : runs) {
      run.result()
          .skipped()
          .forEach(file -> skipped.add(new SkippedView(run.name(), file.file(), file.reason())));
    }
    return List.copyOf(skipped);
  }
}
