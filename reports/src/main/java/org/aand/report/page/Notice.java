package org.aand.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.report.Protocol;
import org.aand.report.RunResult;
import org.aand.report.Teacher;

/**
 * Something a reader must know before trusting the numbers.
 *
 * @param heading what it is
 * @param text what follows from it
 */
record Notice(String heading, String text) {

  /** The notices of all runs; one that holds for several runs names them all and stands once. */
  static List<Notice> of(List<Report.Run> runs) {
    var names = new LinkedHashMap<Notice, List<String>>();
    for (Report.Run run : runs) {
      for (Notice notice : of(run.result())) {
        names.computeIfAbsent(notice, key -> new ArrayList<>()).add(run.name());
      }
    }
    return names.entrySet().stream().map(entry -> named(entry, runs.size())).toList();
  }

  private static Notice named(Map.Entry<Notice, List<String>> entry, int runs) {
    Notice notice = entry.getKey();
    return entry.getValue().size() == runs
        ? notice
        : new Notice(
            notice.heading() + " (" + String.join(", ", entry.getValue()) + ")", notice.text());
  }

  private static List<Notice> of(RunResult result) {
    var notices = new ArrayList<Notice>();
    Teacher teacher = result.teacher();
    if (teacher.source() == Teacher.Source.RANDOM) {
      notices.add(
          new Notice(
              "Random teacher",
              "The teacher network has random weights and was never trained on images. These"
                  + " numbers show that the program runs from end to end. They do not show how"
                  + " well the method detects defects."));
    }
    if (teacher.source() == Teacher.Source.DISTILLED) {
      notices.add(
          new Notice(
              "Small teacher",
              "The teacher network is a small one, distilled from a larger one on generated"
                  + " images. It needs no download; a large ImageNet teacher finds defects"
                  + " better."));
    }
    if (teacher.note() != null) {
      notices.add(new Notice("About the teacher", teacher.note()));
    }
    if (result.protocol() == Protocol.BEST_ON_TEST) {
      notices.add(
          new Notice(
              "Checkpoint picked on the test set",
              "Of several checkpoints the one with the best test results was kept, so these"
                  + " numbers are higher than new images would give."));
    }
    if (!result.skipped().isEmpty()) {
      notices.add(
          new Notice(
              Numbers.count(result.skipped().size(), "file", "files") + " skipped",
              "Not usable, and in no number on this page. The end of the page says why."));
    }
    return notices;
  }
}
