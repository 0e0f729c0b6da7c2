package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.junit.jupiter.api.Test;

/** Differences are taken within a category and seed, so that hard categories do not blur them. */
class PairedDifferencesTest {
  private static final Experiment FIELD = ExperimentFile.open("field");

  @Test
  void meanAndIntervalOverPairs() {
    var cells = new ArrayList<Cell>();
    double[] gains = {0.01, 0.03, 0.02};
    for (int seed = 0; seed < gains.length; seed++) {
      cells.add(cell("rd", seed, 0.5 + 0.1 * seed));
      cells.add(cell("aand-standard", seed, 0.5 + 0.1 * seed + gains[seed]));
    }
    // Mean 2, deviation 1, Student's quantile for two degrees of freedom 4.303.
    assertEquals(
        List.of("aand-standard minus rd, I-AUC: +2.0 points (95 % -0.5 to +4.5) over 3 pairs"),
        PairedDifferences.lines(FIELD, cells));
  }

  @Test
  void whatHasNoPairIsLeftOut() {
    assertTrue(PairedDifferences.lines(FIELD, List.of(cell("aand", 0, 0.9))).isEmpty());
    var apart = List.of(cell("rd", 0, 0.8), cell("aand", 1, 0.9));
    assertTrue(PairedDifferences.lines(FIELD, apart).isEmpty());
    var one = List.of(cell("rd", 0, 0.8), cell("aand", 0, 0.9));
    assertEquals(
        List.of("aand minus rd, I-AUC: +10.0 points over 1 pairs"),
        PairedDifferences.lines(FIELD, one));
  }

  @Test
  void anExperimentWithoutABaselineHasNone() {
    var cells = List.of(cell("rd", 0, 0.8), cell("aand", 0, 0.9));
    assertTrue(PairedDifferences.lines(ExperimentFile.open("main"), cells).isEmpty());
  }

  private static Cell cell(String row, long seed, double auroc) {
    return Cell.done(
        "field", row, "mine", "part", seed, Protocol.LAST_EPOCH, Map.of(Metric.IMAGE_AUROC, auroc));
  }
}
