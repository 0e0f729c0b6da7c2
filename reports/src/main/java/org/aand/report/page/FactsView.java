package org.aand.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.aand.report.Candidate;
import org.aand.report.Provenance;
import org.aand.report.RunResult;
import org.aand.report.Stage;

/**
 * What one needs to repeat the runs: a table with a column for each run, in groups of rows.
 *
 * @param runs the columns
 */
record FactsView(List<String> runs, List<Group> groups) {

  /** Rows under a common heading. */
  record Group(String heading, List<Row> rows) {}

  /**
   * One fact.
   *
   * @param cells its value for each run; a single one if all runs have the same
   * @param code whether to set the values in a fixed-width font
   */
  record Row(String label, List<String> cells, boolean code) {}

  static FactsView of(List<Report.Run> runs) {
    List<RunResult> results = runs.stream().map(Report.Run::result).toList();
    var groups = new ArrayList<Group>();
    addGroup(groups, "Run", results.stream().map(FactsView::run).toList(), false);
    addGroup(groups, "Methods tried", results.stream().map(FactsView::tried).toList(), false);
    addGroup(
        groups, "Configuration", results.stream().map(RunResult::configuration).toList(), false);
    addGroup(groups, "Machine", results.stream().map(FactsView::machine).toList(), false);
    addGroup(
        groups, "Versions", results.stream().map(r -> r.provenance().versions()).toList(), false);
    addGroup(groups, "Command and hashes", results.stream().map(FactsView::exact).toList(), true);
    return new FactsView(runs.stream().map(Report.Run::name).toList(), groups);
  }

  private static void addGroup(
      List<Group> groups, String heading, List<Map<String, String>> columns, boolean code) {
    var labels = new LinkedHashSet<String>();
    columns.forEach(column -> labels.addAll(column.keySet()));
    var rows = new ArrayList<Row>();
    for (String label : labels) {
      List<String> cells = columns.stream().map(column -> column.getOrDefault(label, "–")).toList();
      boolean same = cells.stream().distinct().count() == 1;
      rows.add(new Row(label, same ? cells.subList(0, 1) : cells, code));
    }
    if (!rows.isEmpty()) {
      groups.add(new Group(heading, rows));
    }
  }

  private static Map<String, String> run(RunResult result) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Command", result.command());
    facts.put("Method", result.configuration().getOrDefault("variant", result.method().label()));
    facts.put(
        "Protocol",
        (result.method().hasEpochs() ? result.protocol().key() + ": " : "") + result.chosenBy());
    facts.put("Data", result.dataset() + " / " + result.category());
    if (result.trainImages() != null) {
      facts.put("Training images", String.valueOf(result.trainImages()));
    }
    facts.put("Test images", String.valueOf(result.images().size()));
    facts.put("Backbone", result.backbone());
    facts.put("Teacher", result.teacher().label() + " (" + result.teacher().source().key() + ")");
    for (Stage stage : result.stages()) {
      facts.put("Training, " + stage.name(), training(stage));
    }
    if (result.imagesPerSecond() != null) {
      facts.put(
          "Detection", Numbers.significant(result.imagesPerSecond(), 3) + " images per second");
    }
    if (result.peakMemoryBytes() != null) {
      facts.put("Peak memory", Numbers.bytes(result.peakMemoryBytes()) + " resident");
    }
    return facts;
  }

  /** Each with its score on synthetic anomalies. */
  private static Map<String, String> tried(RunResult result) {
    var facts = new LinkedHashMap<String, String>();
    for (Candidate candidate : result.candidates()) {
      facts.put(
          candidate.label(),
          (candidate.score() == null
                  ? "not measured"
                  : Numbers.fixed(candidate.score(), 4)
                      + " (image AUROC + AUPRO on synthetic anomalies)")
              + ", trained "
              + Numbers.seconds(candidate.seconds())
              + (candidate.kept() ? ", kept" : ""));
    }
    return facts;
  }

  private static String training(Stage stage) {
    if (stage.hasNoLoss()) {
      return "one pass over the images, " + Numbers.seconds(stage.seconds());
    }
    String epochs = Numbers.count(stage.epochs().size(), "epoch", "epochs");
    return stage.secondsPerStep() == null
        ? epochs
        : epochs + ", " + Numbers.seconds(stage.secondsPerStep()) + " per step";
  }

  private static Map<String, String> machine(RunResult result) {
    Provenance provenance = result.provenance();
    var facts = new LinkedHashMap<String, String>();
    facts.put("Seed", String.valueOf(provenance.seed()));
    facts.put("Backend", provenance.backend());
    facts.put("Threads", String.valueOf(provenance.threads()));
    facts.put("Hardware", provenance.hardware());
    facts.put("System", provenance.os());
    facts.put("Java", provenance.java());
    facts.put("Started", time(provenance.startedAt()));
    facts.put(
        "Duration",
        Numbers.duration(Duration.between(provenance.startedAt(), provenance.finishedAt())));
    return facts;
  }

  private static Map<String, String> exact(RunResult result) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("Command line", result.provenance().command());
    if (result.teacher().weightsSha256() != null) {
      facts.put("Teacher weights", result.teacher().weightsSha256());
    }
    result.provenance().dataHashes().forEach((name, hash) -> facts.put("Data, " + name, hash));
    return facts;
  }

  private static String time(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace("T", " ")
        .replace("Z", " UTC");
  }
}
