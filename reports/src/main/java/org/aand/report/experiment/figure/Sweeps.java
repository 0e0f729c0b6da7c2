package org.aand.report.experiment.figure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.Average;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;

/** Computes sweeps from cells whose row is the value of the setting. */
public final class Sweeps {
  private static final List<Metric> METRICS =
      List.of(Metric.IMAGE_AUROC, Metric.PIXEL_AUROC, Metric.AUPRO);

  private Sweeps() {}

  /**
   * A sweep for each data set and protocol of the experiment. Rows that are no numbers are left
   * out, and so are, from the mean, the categories that were not measured at every value.
   */
  public static List<Sweep> of(Cells cells, String experiment) {
    Map<String, Map<Protocol, List<Cell>>> groups =
        cells.of(experiment).all().stream()
            .filter(cell -> cell.isDone() && isNumber(cell.row()))
            .collect(
                Collectors.groupingBy(
                    Cell::dataset,
                    TreeMap::new,
                    Collectors.groupingBy(Cell::protocol, TreeMap::new, Collectors.toList())));
    var sweeps = new ArrayList<Sweep>();
    groups.forEach(
        (dataset, byProtocol) ->
            byProtocol.forEach(
                (protocol, list) -> sweeps.add(sweep(experiment, dataset, protocol, list))));
    return sweeps;
  }

  private static Sweep sweep(
      String experiment, String dataset, Protocol protocol, List<Cell> cells) {
    TreeMap<Double, List<Cell>> byValue =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    cell -> Double.parseDouble(cell.row()), TreeMap::new, Collectors.toList()));
    List<String> common = common(byValue);
    var curves = new ArrayList<Sweep.Curve>();
    for (Metric metric : METRICS) {
      var points = new ArrayList<Sweep.Point>();
      byValue.forEach(
          (value, list) -> {
            var average =
                Average.of(
                    list.stream().filter(cell -> common.contains(cell.category())).toList(),
                    cell -> cell.metric(metric));
            average
                .mean()
                .ifPresent(
                    mean ->
                        points.add(
                            new Sweep.Point(
                                value, mean, average.deviation().orElse(0), average.seeds())));
          });
      if (!points.isEmpty()) {
        curves.add(new Sweep.Curve(metric, points));
      }
    }
    return new Sweep(experiment, dataset, protocol, common, curves);
  }

  private static List<String> common(Map<Double, List<Cell>> byValue) {
    Set<String> common = null;
    for (List<Cell> cells : byValue.values()) {
      Set<String> here = cells.stream().map(Cell::category).collect(Collectors.toSet());
      if (common == null) {
        common = new HashSet<>(here);
      }
      common.retainAll(here);
    }
    return common == null ? List.of() : common.stream().sorted().toList();
  }

  private static boolean isNumber(String row) {
    return row.matches("\\d{1,15}(\\.\\d{1,15})?");
  }
}
