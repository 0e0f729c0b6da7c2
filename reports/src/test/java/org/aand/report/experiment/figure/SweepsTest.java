package org.aand.report.experiment.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.junit.jupiter.api.Test;

class SweepsTest {
  private static Cell cell(String row, String category, long seed, double auroc) {
    return Cell.done(
        "top-k",
        row,
        "visa",
        category,
        seed,
        Protocol.LAST_EPOCH,
        Map.of(Metric.IMAGE_AUROC, auroc));
  }

  @Test
  void everyPointIsAMeanOverTheSameCategories() {
    List<Sweep> sweeps =
        Sweeps.of(
            new Cells(
                List.of(
                    cell("10", "a", 0, 0.9),
                    cell("10", "a", 1, 0.8),
                    cell("10", "b", 0, 0.1),
                    cell("5", "a", 0, 0.7),
                    cell("none", "a", 0, 0.3),
                    Cell.failed("top-k", "5", "visa", "b", 0, Protocol.LAST_EPOCH, "broke"))),
            "top-k");
    assertEquals(1, sweeps.size());
    Sweep sweep = sweeps.get(0);
    assertEquals(List.of("a"), sweep.categories());
    assertEquals(1, sweep.curves().size());
    List<Sweep.Point> points = sweep.curves().get(0).points();
    assertEquals(new Sweep.Point(5, 0.7, 0, 1), points.get(0));
    assertEquals(10, points.get(1).value());
    assertEquals(0.85, points.get(1).mean(), 1e-12);
    assertEquals(0.1 / Math.sqrt(2), points.get(1).deviation(), 1e-12);
    assertEquals(2, points.get(1).seeds());
  }

  @Test
  void withoutACommonCategoryThereIsNoCurve() {
    List<Sweep> sweeps =
        Sweeps.of(new Cells(List.of(cell("1", "a", 0, 0.5), cell("2", "b", 0, 0.5))), "top-k");
    assertTrue(sweeps.get(0).curves().isEmpty());
    assertTrue(Sweeps.of(new Cells(List.of()), "top-k").isEmpty());
  }
}
