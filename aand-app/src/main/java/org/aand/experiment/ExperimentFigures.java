package org.aand.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.report.experiment.figure.Figure;

/** Makes the figures of an experiment that are not made of cells, from complete runs. */
final class ExperimentFigures {
  private final ExperimentRequest request;
  private final ExperimentPlan plan;

  ExperimentFigures(ExperimentRequest request, ExperimentPlan plan) {
    this.request = request;
    this.plan = plan;
  }

  /**
   * Makes the figures of the first seed, one after the other; for a comparison the models of its
   * runs process the test images.
   *
   * @param receiver takes each figure and its name in the experiment
   */
  void forEach(BiConsumer<String, Figure> receiver) {
    var groups = new LinkedHashMap<String, List<PlannedCell>>();
    for (var cell : plan.cells()) {
      if (cell.seed() == request.seeds().get(0)) {
        groups
            .computeIfAbsent(cell.dataset() + "-" + cell.category(), key -> new ArrayList<>())
            .add(cell);
      }
    }
    groups.forEach((group, cells) -> group(group, cells, receiver));
  }

  private void group(String group, List<PlannedCell> cells, BiConsumer<String, Figure> receiver) {
    var complete =
        cells.stream().filter(c -> c.run().filter(PlannedRun::done).isPresent()).toList();
    if (request.experiment().comparison() && complete.size() == cells.size()) {
      Comparisons.of(cells)
          .ifPresent(comparison -> receiver.accept(group + "-comparison", comparison));
    }
    for (var cell : complete) {
      var row = group + "-" + cell.row().key();
      for (var curve : ObservedFigures.intensities(cell)) {
        receiver.accept(row + "-intensity-" + curve.level(), curve);
      }
      for (var scatter : ObservedFigures.scatters(cell)) {
        receiver.accept(row + "-scatter-" + scatter.level(), scatter);
      }
    }
  }
}
