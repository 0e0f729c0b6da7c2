package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;

/**
 * One experiment as the page introduces it.
 *
 * @param experiment its key in cells
 * @param place where the paper has it; empty for one that the paper does not have
 * @param heading its name
 * @param question what it answers
 */
record Topic(String experiment, String place, String heading, String question) {
  private static final List<Topic> PAPER =
      List.of(
          new Topic(
              "teacher",
              "Table I",
              "Teachers",
              "Does detection depend on what the teacher has learned?"),
          new Topic(
              "main",
              "Tables II, III, IV",
              "Main results",
              "How well does AAND detect and localise defects, beside its baseline RD and others?"),
          new Topic(
              "components",
              "Table V",
              "Components",
              "What do the residual gate (MRG), the residual generator (ARG) and the loss on hard"
                  + " patches (HKD) each contribute?"),
          new Topic(
              "alternatives",
              "Table VI",
              "Alternatives",
              "Would a simpler way of learning from synthetic anomalies do as well?"),
          new Topic(
              "residuals",
              "Table VII",
              "Residuals",
              "What should the residuals be made of, and within which bounds?"),
          new Topic(
              "complexity", "Table VIII", "Parameters and time", "What do the added modules cost?"),
          new Topic(
              "memory-size",
              "Fig. 7, left",
              "Memory size",
              "How many memory items does the gate need?"),
          new Topic(
              "top-k",
              "Fig. 7, right",
              "Hard patches",
              "How many hard patches should the loss of stage 2 pick?"));

  private static final List<Topic> OWN =
      List.of(
          new Topic(
              "methods",
              "",
              "Methods",
              "What would one take instead of AAND, and what do training and use cost then? Not in"
                  + " the paper."));

  /** The paper's experiments, then those that only the cells have. */
  static List<Topic> of(Cells cells) {
    var topics = new ArrayList<Topic>(PAPER);
    cells.all().stream()
        .map(Cell::experiment)
        .distinct()
        .filter(key -> PAPER.stream().noneMatch(topic -> topic.experiment().equals(key)))
        .forEach(key -> topics.add(own(key)));
    return topics;
  }

  private static Topic own(String key) {
    return OWN.stream()
        .filter(topic -> topic.experiment().equals(key))
        .findFirst()
        .orElse(new Topic(key, "", key, "Not in the paper."));
  }
}
