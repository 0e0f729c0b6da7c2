package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aand.report.Protocol;
import org.aand.report.experiment.Average;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Measure;
import org.aand.report.experiment.published.Published;

/** All rows of one experiment on each category of one data set: measured values alone. */
final class DetailTable {
  private static final List<Measure> MEASURES =
      List.of(Measure.IMAGE_AUROC, Measure.PIXEL_AUROC, Measure.AUPRO);

  /** What is shown where the experiment has measured it all. */
  private static final List<Measure> OF_USE =
      List.of(Measure.TRAINING_SECONDS, Measure.MODEL_MEGABYTES, Measure.LATENCY);

  private final String experiment;
  private final String dataset;
  private final List<Cell> cells;
  private final List<String> categories;
  private final List<Protocol> protocols;
  private final List<String> rows;

  private DetailTable(String experiment, String dataset, List<Cell> cells) {
    this.experiment = experiment;
    this.dataset = dataset;
    this.cells = cells;
    this.categories = cells.stream().map(Cell::category).distinct().sorted().toList();
    this.protocols = cells.stream().map(Cell::protocol).distinct().sorted().toList();
    this.rows = cells.stream().map(Cell::row).distinct().sorted(order(experiment)).toList();
  }

  /**
   * The table.
   *
   * @param cells the cells of this experiment and data set, at least one
   * @param setup what was measured, as the end of a sentence; may be empty
   */
  static Table of(String experiment, String dataset, List<Cell> cells, String setup) {
    return new DetailTable(experiment, dataset, cells).table(setup);
  }

  private Table table(String setup) {
    var groups = new ArrayList<Table.Group>();
    for (Measure measure : MEASURES) {
      if (isMeasured(measure) || (measure == Measure.IMAGE_AUROC && !isMeasured())) {
        for (Protocol protocol : protocols) {
          addGroups(groups, measure, protocol);
        }
      }
    }
    if (isMeasured(Measure.LATENCY)) {
      OF_USE.forEach(
          measure -> protocols.forEach(protocol -> addGroups(groups, measure, protocol)));
    }
    var heads = new ArrayList<Table.Head>();
    categories.forEach(category -> heads.add(new Table.Head("", category)));
    if (categories.size() > 1) {
      heads.add(new Table.Head("", "mean"));
    }
    String head =
        rows.stream().allMatch(row -> number(row) < Double.MAX_VALUE) ? "Value" : "Method";
    return new Table(
        "detail-" + experiment + "-" + dataset,
        "Each category of " + Published.datasetLabel(dataset),
        "experiment " + experiment,
        Sources.measured(cells, setup),
        protocols.size() > 1 ? List.of("Metric", "Protocol", head) : List.of("Metric", head),
        heads,
        groups,
        notes(groups, isMeasured(Measure.LATENCY)),
        Sources.failures(cells));
  }

  private boolean isMeasured() {
    return MEASURES.stream().anyMatch(this::isMeasured);
  }

  private boolean isMeasured(Measure measure) {
    return cells.stream().anyMatch(cell -> measure.of(cell).isPresent());
  }

  private void addGroups(List<Table.Group> groups, Measure measure, Protocol protocol) {
    List<Cell> own = cells.stream().filter(cell -> cell.protocol() == protocol).toList();
    var columns = new ArrayList<List<Entry>>();
    for (String category : categories) {
      Set<String> only = Set.of(dataset + "/" + category);
      columns.add(MeasuredColumn.of(measure, only, rows, own).entries());
    }
    if (categories.size() > 1) {
      Set<String> all =
          cells.stream().map(Average::category).collect(Collectors.toCollection(TreeSet::new));
      columns.add(MeasuredColumn.of(measure, all, rows, own).entries());
    }
    for (int r = 0; r < rows.size(); r++) {
      int row = r;
      var text = new ArrayList<String>();
      text.add(measure.label());
      if (protocols.size() > 1) {
        text.add(protocol.key());
      }
      text.add(Published.rowName(experiment, rows.get(r)));
      groups.add(
          new Table.Group(
              text,
              List.of(
                  new Table.Line(
                      Table.Kind.MEASURED,
                      "",
                      columns.stream().map(column -> column.get(row)).toList())),
              r == 0 && !groups.isEmpty()));
    }
  }

  /** The paper's order, then numbers by size, then the rest by name. */
  private static Comparator<String> order(String experiment) {
    List<String> paper =
        Published.tables().stream()
            .filter(table -> table.experiment().equals(experiment))
            .flatMap(table -> table.rows().stream())
            .map(row -> row.key())
            .distinct()
            .toList();
    return Comparator.<String>comparingInt(
            row -> paper.contains(row) ? paper.indexOf(row) : paper.size())
        .thenComparingDouble(DetailTable::number)
        .thenComparing(Comparator.naturalOrder());
  }

  private static double number(String row) {
    return row.matches("\\d{1,15}(\\.\\d{1,15})?") ? Double.parseDouble(row) : Double.MAX_VALUE;
  }

  private static List<String> notes(List<Table.Group> groups, boolean ofUse) {
    var notes = new ArrayList<String>();
    if (ofUse) {
      notes.add(
          "Training: the stages' wall time. Model: the file, 10^6 bytes. Latency: the median of"
              + " single images on the Java engine with all cores, measured in the run's process,"
              + " from the normalised image to map and score.");
    }
    notes.add("I-AUC: image AUROC, P-AUC: pixel AUROC, PRO: AUPRO; percent. Bold: the best.");
    boolean deviations =
        groups.stream()
            .flatMap(group -> group.lines().get(0).entries().stream())
            .anyMatch(entry -> !entry.deviation().isEmpty());
    if (deviations) {
      notes.add("±: sample deviation over the seeds.");
    }
    return notes;
  }
}
