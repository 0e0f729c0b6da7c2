package org.aand.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.file.ProcessLock;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.figure.Figure;
import org.aand.report.experiment.figure.FigureJson;

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

  ExperimentOutput(ExperimentRequest request) {
    this.request = request;
  }

  /**
   * Waits for its turn: one process writes at a time, so that the last to come has the last word.
   */
  ProcessLock claim() {
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

  /** Writes the cells of this experiment and of the others in the folder, and returns them all. */
  Cells cells(List<Cell> own) {
    var cells = merged(own);
    cells.writeCsv(request.out().resolve(CSV));
    cells.writeJson(request.out().resolve(JSON));
    return cells;
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

  /** Writes a figure, or replaces it. */
  void figure(String name, Figure figure) {
    FigureJson.write(
        figure,
        request.out().resolve(FIGURES).resolve(request.experiment().name() + "-" + name + ".json"));
  }

  /**
   * Writes the report of all cells and figures of the folder, and returns its page.
   *
   * @param costs how the times of Table VIII were measured
   */
  Path report(Cells cells, List<String> costs) {
    var report = request.out().resolve(REPORT);
    ExperimentPage.write(request, cells, costs, request.out().resolve(FIGURES), report);
    return report.resolve("index.html");
  }
}
