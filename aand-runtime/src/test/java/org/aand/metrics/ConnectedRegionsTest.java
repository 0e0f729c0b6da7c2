package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.aand.common.random.RandomStreams;
import org.aand.metrics.ConnectedRegions.Connectivity;
import org.junit.jupiter.api.Test;

class ConnectedRegionsTest {
  @Test
  void labelsAsFloodFillDoes() {
    for (int round = 0; round < 300; round++) {
      var random = new RandomStreams(4).stream("mask", round);
      int width = random.nextInt(1, 25);
      int height = random.nextInt(1, 25);
      double density = random.nextDouble();
      byte[] mask = new byte[width * height];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (random.nextDouble() < density ? 255 : 0);
      }
      for (var connectivity : Connectivity.values()) {
        var expected =
            NaiveMetrics.regions(mask, width, height, connectivity == Connectivity.EIGHT);
        var found = ConnectedRegions.of(mask, width, height, connectivity);
        int[] labels = new int[mask.length];
        for (int region = 1; region <= expected.size(); region++) {
          for (int pixel : expected.get(region - 1)) {
            labels[pixel] = region;
          }
          assertEquals(expected.get(region - 1).size(), found.area(region));
        }
        assertEquals(expected.size(), found.count());
        for (int pixel = 0; pixel < labels.length; pixel++) {
          assertEquals(labels[pixel], found.at(pixel), "round " + round + ", pixel " + pixel);
        }
      }
    }
  }

  @Test
  void cornersJoinOnlyByEight() {
    byte[] diagonal = {1, 0, 0, 1};
    assertEquals(1, ConnectedRegions.of(diagonal, 2, 2).count());
    assertEquals(2, ConnectedRegions.of(diagonal, 2, 2, Connectivity.FOUR).count());
  }

  @Test
  void rowsDoNotJoinRoundTheEdge() {
    byte[] mask = {
      0, 0, 1,
      0, 0, 0,
      1, 0, 0
    };
    assertEquals(2, ConnectedRegions.of(mask, 3, 3).count());
    byte[] neighboursInMemory = {
      0, 0, 1,
      1, 0, 0
    };
    assertEquals(2, ConnectedRegions.of(neighboursInMemory, 3, 2).count());
  }

  @Test
  void combAndSpiralAreOneRegion() {
    byte[] comb = {
      1, 0, 1, 0, 1,
      1, 0, 1, 0, 1,
      1, 1, 1, 1, 1
    };
    var found = ConnectedRegions.of(comb, 5, 3);
    assertEquals(1, found.count());
    assertEquals(11, found.area(1));
  }

  @Test
  void refusesAMaskOfAnotherSize() {
    assertThrows(IllegalArgumentException.class, () -> ConnectedRegions.of(new byte[5], 2, 3));
  }
}
