package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.figure.Comparison;
import org.aand.report.experiment.figure.Figure;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.Scatter;
import org.aand.report.experiment.figure.Sweep;
import org.aand.report.experiment.figure.Sweeps;
import org.aand.report.experiment.published.Published;
import org.aand.report.experiment.published.PublishedTable;
import org.aand.report.experiment.table.ResultTables;
import org.aand.report.experiment.table.Table;

/**
 * The page as its templates see it.
 *
 * @param report title, notices, facts
 * @param sections the experiments that were run, in the paper's order
 * @param notRun those that were not
 * @param comparisons Fig. 5
 * @param scatters Fig. 6
 * @param intensities Fig. 8
 */
record ReportView(
    ExperimentReport report,
    List<SectionView> sections,
    List<SectionView> notRun,
    List<ComparisonView> comparisons,
    List<ScatterView> scatters,
    List<ChartView> intensities) {

  static ReportView of(ExperimentReport report) {
    List<Table> paper = ResultTables.paper(report.cells(), report.setup());
    var sections = new ArrayList<SectionView>();
    for (Topic topic : Topic.of(report.cells())) {
      sections.add(section(report, topic, paper, "experiment-" + (sections.size() + 1)));
    }
    return new ReportView(
        report,
        sections.stream().filter(SectionView::hasResults).toList(),
        sections.stream().filter(section -> !section.hasResults()).toList(),
        figures(report, Comparison.class).map(ComparisonView::of).toList(),
        figures(report, Scatter.class).map(ScatterView::of).toList(),
        figures(report, IntensityCurve.class)
            .filter(curve -> !curve.points().isEmpty())
            .map(IntensityChart::of)
            .toList());
  }

  /** Every table, the paper's first; those of experiments that were not run as published. */
  List<Table> tables() {
    return Stream.concat(
            all().flatMap(section -> section.tables().stream()),
            all().flatMap(section -> section.details().stream()))
        .map(TableView::table)
        .toList();
  }

  private Stream<SectionView> all() {
    return Stream.concat(sections.stream(), notRun.stream());
  }

  /** The experiments that were not run, on one line; empty if all were. */
  String notRunNames() {
    return notRun.stream().map(SectionView::name).collect(Collectors.joining(", "));
  }

  List<Map.Entry<String, String>> facts() {
    return List.copyOf(report.facts().entrySet());
  }

  private static SectionView section(
      ExperimentReport report, Topic topic, List<Table> paper, String id) {
    Cells cells = report.cells().of(topic.experiment());
    var tables = new ArrayList<TableView>();
    for (int i = 0; i < paper.size(); i++) {
      PublishedTable published = Published.tables().get(i);
      if (published.experiment().equals(topic.experiment())) {
        tables.add(
            TableView.of(
                paper
                    .get(i)
                    .withNotes(report.remarks().getOrDefault(topic.experiment(), List.of()))));
      }
    }
    List<Sweep> given =
        figures(report, Sweep.class)
            .filter(sweep -> sweep.experiment().equals(topic.experiment()))
            .toList();
    boolean swept =
        Published.sweptSettings().stream()
            .anyMatch(setting -> setting.experiment().equals(topic.experiment()));
    List<Sweep> sweeps =
        given.isEmpty() && swept ? Sweeps.of(report.cells(), topic.experiment()) : given;
    return SectionView.of(
        id,
        topic,
        cells.all(),
        tables,
        sweeps.stream().flatMap(sweep -> SweepCharts.of(sweep).stream()).toList(),
        ResultTables.details(cells, topic.experiment(), report.setup()).stream()
            .map(TableView::of)
            .toList());
  }

  private static <T extends Figure> Stream<T> figures(ExperimentReport report, Class<T> type) {
    return report.figures().stream().filter(type::isInstance).map(type::cast);
  }
}
