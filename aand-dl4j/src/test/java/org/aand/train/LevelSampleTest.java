package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** Which locations of a level count, and which are drawn. */
class LevelSampleTest {
  @Test
  void aLocationCountsStrictlyAboveTheThreshold() {
    byte[] mask = new byte[100];
    for (int i = 0; i < 30; i++) {
      mask[i] = 1;
    }
    assertFalse(
        LevelMasks.of(List.of(mask), ImageSize.square(10), ImageSize.square(1))[0],
        "30 of 100 pixels");
    mask[99] = (byte) 255;
    assertTrue(
        LevelMasks.of(List.of(mask), ImageSize.square(10), ImageSize.square(1))[0],
        "31 of 100 pixels");
  }

  @Test
  void fewLocationsAreAllTakenAndWeighted() {
    boolean[] anomalous = {true, false, false, true, false, false};
    boolean[] foreground = {true, true, true, true, false, true};
    var sample = LevelSample.draw(anomalous, foreground, 5, 4, new RandomStreams(1).stream("x"));
    assertArrayEquals(new double[] {1, 0, 0, 1, 0, 0}, sample.mask());
    assertArrayEquals(new double[] {1, 2, 5, 0, 0}, sample.normal());
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 0, 0}, sample.normalWeights());
    assertArrayEquals(new double[] {0, 3, 0, 0}, sample.anomalous());
    assertArrayEquals(new double[] {0.5, 0.5, 0, 0}, sample.anomalousWeights());
  }

  @Test
  void manyLocationsAreDrawnWithoutRepetition() {
    boolean[] anomalous = new boolean[1000];
    boolean[] foreground = new boolean[1000];
    for (int i = 0; i < 1000; i++) {
      anomalous[i] = i % 2 == 0;
      foreground[i] = i % 10 != 1;
    }
    for (int seed = 0; seed < 20; seed++) {
      var sample =
          LevelSample.draw(
              anomalous, foreground, 50, 30, new RandomStreams(seed).stream("locations"));
      var normal = new HashSet<Double>();
      for (double i : sample.normal()) {
        assertTrue(normal.add(i));
        assertTrue(!anomalous[(int) i] && foreground[(int) i]);
      }
      assertEquals(50, normal.size());
      assertEquals(1, Arrays.stream(sample.normalWeights()).sum(), 1e-12);
      assertTrue(Arrays.stream(sample.anomalous()).allMatch(i -> anomalous[(int) i]));
      assertEquals(30, Arrays.stream(sample.anomalous()).distinct().count());
    }
  }

  @Test
  void withoutAnomalyAllWeightsAreZero() {
    boolean[] none = new boolean[9];
    boolean[] all = new boolean[9];
    Arrays.fill(all, true);
    var sample = LevelSample.draw(none, all, 5, 4, new RandomStreams(1).stream("x"));
    assertArrayEquals(new double[4], sample.anomalousWeights());
  }
}
