package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.published.Published;

/**
 * The tables of a set of cells.
 *
 * <p>Percentages have one decimal, as in the paper. A mean over categories is the mean of each
 * one's mean over its seeds; the deviation is the sample deviation of the seeds' means. What was
 * not measured reads "missing", what was given up "failed", with its reason below the table.
 */
public final class ResultTables {
  private ResultTables() {}

  /**
   * The paper's Tables I to VIII in its layout: published, measured, difference.
   *
   * @param cells what was measured, from any experiments
   * @param setup how, as the end of a sentence, such as "ResNet-18, 10 and 20 epochs"; may be empty
   */
  public static List<Table> paper(Cells cells, String setup) {
    return Published.tables().stream().map(table -> PaperTable.of(table, cells, setup)).toList();
  }

  /**
   * For one experiment, a table for each data set with all its measured categories: also for data
   * sets and experiments that the paper does not have. None for cells that hold costs alone.
   *
   * @param cells what was measured, from any experiments
   * @param experiment the experiment's key
   * @param setup how, as the end of a sentence; may be empty
   */
  public static List<Table> details(Cells cells, String experiment, String setup) {
    Map<String, List<Cell>> byDataset =
        cells.of(experiment).all().stream()
            .collect(Collectors.groupingBy(Cell::dataset, TreeMap::new, Collectors.toList()));
    var tables = new ArrayList<Table>();
    Set<String> names = new HashSet<>();
    byDataset.forEach(
        (dataset, list) -> {
          if (list.stream().allMatch(cell -> cell.isDone() && cell.metrics().isEmpty())) {
            return; // only costs, which depend on no category
          }
          Table table = DetailTable.of(experiment, dataset, list, setup);
          String name = table.name().replaceAll("[^A-Za-z0-9._+-]", "-");
          while (!names.add(name)) {
            name += "-";
          }
          tables.add(table.withName(name));
        });
    return tables;
  }
}
