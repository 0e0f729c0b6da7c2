package org.aand.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.common.file.ProcessLock;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.experiment.ExperimentRun.Outcome;
import org.aand.report.Metric;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.figure.FigureJson;
import org.aand.runfolder.RunFolder;

/** Writes what is known of an experiment: cells of all experiments, figures, report. */
final class ExperimentOutput {
  /** All cells of the output folder. */
  static final String CSV = "cells.csv";

  /** The same. */
  static final String JSON = "cells.json";

  /** The figures that are not made of cells. */
  static final String FIGURES = "figures";

  /** The page of all tables and figures, and a folder of tables. */
  static final String REPORT = "report";

  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final ExperimentRequest request;
  private final ExperimentPlan plan;

  ExperimentOutput(ExperimentRequest request, ExperimentPlan plan) {
    this.request = request;
    this.plan = plan;
  }

  /** Writes; one process at a time, so that the last to come has the last word. */
  Outcome write() {
    try (var claim = claim()) {
      var known = new ArrayList<Cell>();
      int missing = 0;
      var costs =
          new NetworkCosts(request.out(), request.backbone(), request.imageSize(), request.jmh());
      boolean quiet = plan.runs().stream().allMatch(r -> r.done() || r.failure().isPresent());
      for (var planned : plan.cells()) {
        var cell = cell(planned, costs, quiet);
        cell.ifPresent(known::add);
        missing += cell.isEmpty() ? 1 : 0;
      }
      var cells = merged(known);
      cells.writeCsv(request.out().resolve(CSV));
      cells.writeJson(request.out().resolve(JSON));
      figures();
      ExperimentPage.write(
          request,
          cells,
          costs.notes(),
          request.out().resolve(FIGURES),
          request.out().resolve(REPORT));
      return new Outcome(known, missing, request.out().resolve(REPORT).resolve("index.html"));
    }
  }

  private ProcessLock claim() {
    var file = request.out().resolve(".output.claim");
    for (var claim = ProcessLock.of(file); ; claim = ProcessLock.of(file)) {
      if (claim.isPresent()) {
        return claim.get();
      }
      try {
        Thread.sleep(PATIENCE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while another process writes", e);
      }
    }
  }

  /**
   * With the cells of other experiments, and those of this one that were run with other options.
   */
  private Cells merged(List<Cell> own) {
    var file = request.out().resolve(JSON);
    var all = new ArrayList<>(own);
    if (Files.exists(file)) {
      for (var cell : Cells.readJson(file).all()) {
        if (own.stream().noneMatch(cell::isSameAs)) {
          all.add(cell);
        }
      }
    }
    return new Cells(all);
  }

  private Optional<Cell> cell(PlannedCell planned, NetworkCosts costs, boolean quiet) {
    var cell = planned.run().isPresent() ? trained(planned) : Optional.of(done(planned));
    if (!request.experiment().cost() || cell.isEmpty() || !cell.get().isDone()) {
      return cell;
    }
    // While other processes train, times say nothing.
    return quiet ? Optional.of(costs.add(cell.get(), planned.row().variant())) : Optional.empty();
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
    double seconds =
        result.stages().stream()
            .flatMap(stage -> stage.epochs().stream())
            .mapToDouble(epoch -> epoch.seconds())
            .sum();
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

  /** The figures of complete cells, of the first seed; written anew every time. */
  private void figures() {
    var groups = new LinkedHashMap<String, List<PlannedCell>>();
    for (var cell : plan.cells()) {
      if (cell.seed() == request.seeds().get(0)) {
        groups
            .computeIfAbsent(cell.dataset() + "-" + cell.category(), key -> new ArrayList<>())
            .add(cell);
      }
    }
    groups.forEach(this::figures);
  }

  private void figures(String group, List<PlannedCell> cells) {
    var complete =
        cells.stream().filter(c -> c.run().filter(PlannedRun::done).isPresent()).toList();
    if (request.experiment().comparison() && complete.size() == cells.size()) {
      Comparisons.of(cells)
          .ifPresent(figure -> FigureJson.write(figure, file(group, "comparison")));
    }
    for (var cell : complete) {
      var row = group + "-" + cell.row().key();
      for (var curve : ObservedFigures.intensities(cell)) {
        FigureJson.write(curve, file(row, "intensity-" + curve.level()));
      }
      for (var scatter : ObservedFigures.scatters(cell)) {
        FigureJson.write(scatter, file(row, "scatter-" + scatter.level()));
      }
    }
  }

  private Path file(String of, String kind) {
    return request
        .out()
        .resolve(FIGURES)
        .resolve(request.experiment().name() + "-" + of + "-" + kind + ".json");
  }
}
