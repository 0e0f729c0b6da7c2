package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.published.Published;
import org.aand.report.experiment.published.PublishedTable;

/** The sentences about where a table's values come from, and about cells that failed. */
final class Sources {
  private Sources() {}

  /** Where the published values come from and what chose their checkpoints. */
  static String published(PublishedTable table) {
    return "Published: "
        + table.source()
        + "; "
        + table.protocol().key()
        + " ("
        + table.protocol().description()
        + ") for the paper's own rows, as its released code does.";
  }

  /** A sentence for each protocol of the cells; one that says so if there are none. */
  static List<String> measured(List<Cell> cells, String setup) {
    if (cells.isEmpty()) {
      return List.of("Measured: nothing on these data sets yet.");
    }
    var seeds = new TreeMap<Protocol, TreeSet<Long>>();
    for (Cell cell : cells) {
      seeds.computeIfAbsent(cell.protocol(), key -> new TreeSet<>()).add(cell.seed());
    }
    var sentences = new ArrayList<String>();
    for (Map.Entry<Protocol, TreeSet<Long>> entry : seeds.entrySet()) {
      sentences.add(
          "Measured: "
              + entry.getKey().key()
              + " ("
              + entry.getKey().description()
              + "), "
              + seeds(entry.getValue())
              + (setup.isBlank() ? "." : "; " + setup + "."));
    }
    return sentences;
  }

  /** The cells that were given up, each with its reason. */
  static List<String> failures(List<Cell> cells) {
    return cells.stream()
        .filter(cell -> !cell.isDone())
        .map(
            cell ->
                Published.rowName(cell.experiment(), cell.row())
                    + ", "
                    + Published.datasetLabel(cell.dataset())
                    + " / "
                    + cell.category()
                    + ", seed "
                    + cell.seed()
                    + ", "
                    + cell.protocol().key()
                    + ": "
                    + cell.message())
        .toList();
  }

  private static String seeds(Set<Long> seeds) {
    return (seeds.size() == 1 ? "seed " : "seeds ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
