package org.aand.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.aand.report.chart.HistogramPlot.Bin;
import org.junit.jupiter.api.Test;

/** Bins of one width, of which one ends at the threshold. */
class HistogramPlotTest {
  @Test
  void noBinHoldsValuesOfBothSidesOfTheThreshold() {
    var random = new Random(5);
    for (int trial = 0; trial < 500; trial++) {
      double threshold = 0.01 + 0.98 * random.nextDouble();
      var values =
          DoubleStream.concat(
                  random.doubles(40),
                  DoubleStream.of(
                      0, 1, threshold, Math.nextUp(threshold), Math.nextDown(threshold)))
              .toArray();
      var bins = HistogramPlot.cutAt(threshold, values, 0, 1, 1 + trial % 50);
      int below = 0;
      int above = 0;
      double end = 0;
      for (var bin : bins) {
        assertEquals(end, bin.from(), 1e-12);
        end = bin.to();
        assertTrue(bin.to() <= threshold || bin.from() >= threshold, bin + " at " + threshold);
        below += bin.from() < threshold ? bin.count() : 0;
        above += bin.from() >= threshold ? bin.count() : 0;
      }
      assertEquals(1, end);
      assertEquals(Arrays.stream(values).filter(v -> v <= threshold).count(), below);
      assertEquals(Arrays.stream(values).filter(v -> v > threshold).count(), above);
    }
  }

  @Test
  void innerBinsAreEquallyWideAndTheOuterOnesFitTheRange() {
    var bins = HistogramPlot.cutAt(0.3, new double[] {0, 0.3, 0.31, 1}, 0, 1, 4);
    var expected =
        new Bin[] {
          new Bin(0, 0.3 - 0.25, 1),
          new Bin(0.3 - 0.25, 0.3, 1),
          new Bin(0.3, 0.55, 1),
          new Bin(0.55, 0.8, 0),
          new Bin(0.8, 1, 1)
        };
    assertEquals(Arrays.asList(expected), bins);
  }

  @Test
  void aThresholdAtTheEndOfTheRangeIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HistogramPlot.cutAt(1, new double[] {0.5}, 0, 1, 4));
  }

  @Test
  void evenBinsCountBordersUpwardsAndTheMaximumInTheLastBin() {
    double[] values = {0, 0.49, 0.5, 1, 1.99, 2};
    assertEquals(
        List.of(2, 1, 1, 2), HistogramPlot.even(values, 0, 2, 4).stream().map(Bin::count).toList());
    assertThrows(
        IllegalArgumentException.class, () -> HistogramPlot.even(new double[] {2.1}, 0, 2, 4));
  }
}
