package org.aand.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.report.Metric;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.report.Stage;
import org.aand.report.experiment.Cell;
import org.aand.runfolder.RunFolder;

/** Makes the cells of an experiment from its runs, and measures what networks cost. */
final class CellResults {
  private final ExperimentRequest request;
  private final ExperimentPlan plan;
  private final NetworkCosts costs;

  /**
   * What is known so far.
   *
   * @param known cells that are done or failed
   * @param missing number of cells that other processes are at
   * @param costs how the times of Table VIII were measured
   */
  record Collected(List<Cell> known, int missing, List<String> costs) {}

  CellResults(ExperimentRequest request, ExperimentPlan plan) {
    this.request = request;
    this.plan = plan;
    costs = new NetworkCosts(request.out(), request.backbone(), request.imageSize(), request.jmh());
  }

  /** Reads the runs; measures networks whose cost is not known. */
  Collected collect() {
    var known = new ArrayList<Cell>();
    int missing = 0;
    boolean quiet = plan.runs().stream().allMatch(r -> r.done() || r.failure().isPresent());
    for (var planned : plan.cells()) {
      var cell = cell(planned, quiet);
      cell.ifPresent(known::add);
      missing += cell.isEmpty() ? 1 : 0;
    }
    return new Collected(List.copyOf(known), missing, costs.notes());
  }

  private Optional<Cell> cell(PlannedCell planned, boolean quiet) {
    var cell = planned.run().isPresent() ? trained(planned) : Optional.of(done(planned));
    boolean timed = request.experiment().cost() || request.experiment().use();
    if (!timed || cell.isEmpty() || !cell.get().isDone()) {
      return cell;
    }
    // While other processes train, times say nothing.
    return quiet ? Optional.of(timed(planned, cell.get())) : Optional.empty();
  }

  private Cell timed(PlannedCell planned, Cell cell) {
    var timed = request.experiment().cost() ? costs.add(cell, planned.row().variant()) : cell;
    if (!request.experiment().use() || planned.run().isEmpty()) {
      return timed;
    }
    var use = planned.run().get().use();
    return timed.withUse(use.megabytes(), use.milliseconds());
  }

  private Optional<Cell> trained(PlannedCell planned) {
    var run = planned.run().orElseThrow();
    if (run.done()) {
      return Optional.of(
          measured(planned, ResultJson.read(run.folder().resolve(RunFolder.RESULT))));
    }
    return run.failure()
        .map(
            failure ->
                Cell.failed(
                    request.experiment().name(),
                    planned.row().key(),
                    planned.dataset(),
                    planned.category(),
                    planned.seed(),
                    request.protocol(),
                    failure.message()));
  }

  private Cell measured(PlannedCell planned, RunResult result) {
    var metrics = new LinkedHashMap<Metric, Double>();
    for (var metric : Metric.values()) {
      result.metric(metric).ifPresent(value -> metrics.put(metric, value));
    }
    double seconds = result.stages().stream().mapToDouble(Stage::seconds).sum();
    return cell(planned, metrics).withSeconds(seconds);
  }

  private Cell done(PlannedCell planned) {
    return cell(planned, new LinkedHashMap<>());
  }

  private Cell cell(PlannedCell planned, Map<Metric, Double> metrics) {
    return Cell.done(
        request.experiment().name(),
        planned.row().key(),
        planned.dataset(),
        planned.category(),
        planned.seed(),
        request.protocol(),
        metrics);
  }
}
