package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void everyValueIsCountedOnceAndInTheBinWhoseEdgesHoldIt() {
    for (int round = 0; round < 200; round++) {
      var random = new RandomStreams(10).stream("values", round);
      int bins = random.nextInt(1, 40);
      double min = random.nextDouble(-2, 2);
      double max = min + random.nextDouble(0.01, 3);
      float[] values = new float[300];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            (float)
                (random.nextBoolean()
                    ? min + (max - min) * random.nextInt(-2, bins + 3) / bins // on an edge
                    : random.nextDouble(min - 1, max + 1));
      }
      var histogram = Histogram.of(values, min, max, bins);
      double[] edges = histogram.edges();
      assertEquals(min, edges[0], 0);
      assertEquals(max, edges[bins], 0);
      long[] counts = new long[bins];
      long below = 0;
      long above = 0;
      for (float value : values) {
        if (value < min) {
          below++;
        } else if (value > max) {
          above++;
        }
        for (int bin = 0; bin < bins; bin++) {
          boolean last = bin == bins - 1;
          if (value >= edges[bin] && (value < edges[bin + 1] || (last && value <= max))) {
            counts[bin]++;
          }
        }
      }
      assertArrayEquals(counts, histogram.counts(), "round " + round);
      assertEquals(below, histogram.below());
      assertEquals(above, histogram.above());
    }
  }

  @Test
  void theLastBinHoldsItsUpperEdge() {
    var histogram = Histogram.of(new float[] {0, 0.5f, 1, 2, -1}, 0, 1, 2);
    assertArrayEquals(new double[] {0, 0.5, 1}, histogram.edges());
    assertArrayEquals(new long[] {1, 2}, histogram.counts());
    assertEquals(1, histogram.below());
    assertEquals(1, histogram.above());
  }

  @Test
  void refusesEdgesThatEncloseNothingAndNaN() {
    float[] values = {1};
    assertThrows(IllegalArgumentException.class, () -> Histogram.of(values, 1, 1, 3));
    assertThrows(IllegalArgumentException.class, () -> Histogram.of(values, 0, 1, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Histogram.of(values, 0, Double.POSITIVE_INFINITY, 3));
    assertThrows(
        IllegalArgumentException.class, () -> Histogram.of(new float[] {Float.NaN}, 0, 1, 3));
  }
}
