package org.aand.report.page.experiment;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.aand.report.experiment.Cell;
import org.aand.report.page.Numbers;

/**
 * One experiment of the page.
 *
 * @param id its anchor
 * @param place where the paper has it, or empty
 * @param question what it answers
 * @param done how many cells were measured
 * @param failed how many were given up
 * @param time how long all its cells took together, or a dash
 * @param protocols how their checkpoints were chosen, or a dash
 * @param tables the paper's tables
 * @param charts its charts
 * @param details each category of each data set
 */
record SectionView(
    String id,
    String place,
    String heading,
    String question,
    long done,
    long failed,
    String time,
    String protocols,
    List<TableView> tables,
    List<ChartView> charts,
    List<TableView> details) {

  static SectionView of(
      String id,
      Topic topic,
      List<Cell> cells,
      List<TableView> tables,
      List<ChartView> charts,
      List<TableView> details) {
    double seconds = cells.stream().mapToDouble(cell -> cell.seconds().orElse(0)).sum();
    return new SectionView(
        id,
        topic.place(),
        topic.heading(),
        topic.question(),
        cells.stream().filter(Cell::isDone).count(),
        cells.stream().filter(cell -> !cell.isDone()).count(),
        seconds > 0 ? Numbers.duration(Duration.ofMillis((long) (1000 * seconds))) : "–",
        cells.isEmpty()
            ? "–"
            : cells.stream()
                .map(cell -> cell.protocol().key())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ")),
        tables,
        charts,
        details);
  }

  /**
   * Whether any cell was tried, or a chart can be drawn: else only published values could stand.
   */
  boolean hasResults() {
    return done + failed > 0 || !charts.isEmpty();
  }

  /** Its name, and its place in the paper. */
  String name() {
    return place.isEmpty() ? heading : heading + " (" + place + ")";
  }
}
