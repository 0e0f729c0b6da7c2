package org.aand.network.patchcore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The matrices that average patches and enlarge a level. */
class PatchFeaturesTest {
  /** Inside, neighbours are averaged; at the border what lies outside counts as zero. */
  @Test
  void averagesOfNeighbours() {
    double[] matrix = PatchFeatures.average(4);
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        sum += matrix[i * 4 + j];
        assertEquals(Math.abs(i - j) <= 1 ? 1 / 3.0 : 0, matrix[i * 4 + j]);
      }
      assertEquals(i == 0 || i == 3 ? 2 / 3.0 : 1, sum, 1e-15);
    }
  }

  /** Pixel centres are kept, so that a ramp stays a ramp of half the slope but for its ends. */
  @Test
  void enlargingKeepsARamp() {
    double[] matrix = PatchFeatures.enlarging(5);
    for (int i = 0; i < 10; i++) {
      double value = 0;
      double sum = 0;
      for (int j = 0; j < 5; j++) {
        value += matrix[i * 5 + j] * j;
        sum += matrix[i * 5 + j];
      }
      assertEquals(1, sum, 1e-15);
      assertEquals(Math.min(4, Math.max(0, (i + 0.5) / 2 - 0.5)), value, 1e-12);
    }
  }
}
