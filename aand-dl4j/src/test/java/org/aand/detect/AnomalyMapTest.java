package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.model.MapRule;
import org.junit.jupiter.api.Test;

class AnomalyMapTest {
  private final RandomGenerator random = new RandomStreams(3).stream("anomaly map");

  @Test
  void levelsOfOneValueAddUpWhateverTheSmoothing() {
    for (double sigma : new double[] {0, 0.5, 4}) {
      var map =
          new AnomalyMap(
              ImageSize.square(24), List.of(ImageSize.square(6), ImageSize.square(3)), sigma);
      float[] values = map.of(List.of(constant(36, 0.25), constant(9, 0.5)));
      for (float value : values) {
        assertEquals(0.75, value, 1e-6);
      }
    }
  }

  /** ST multiplies: what one level does not see is not in the map. */
  @Test
  void levelsAreMultipliedWhereTheRuleSaysSoAndThenSmoothed() {
    double[] ramp = {0, 1, 0, 1};
    double[] other = {1, 1, 3, 3};
    var size = ImageSize.square(5);
    var levels = List.of(ImageSize.square(2), ImageSize.square(2));
    float[] plain = new AnomalyMap(size, levels, MapRule.product(), 0).of(List.of(ramp, other));
    double[] expected = new double[25];
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        expected[y * 5 + x] = x / 4.0 * (1 + 2 * y / 4.0);
        assertEquals(expected[y * 5 + x], plain[y * 5 + x], 1e-6);
      }
    }
    float[] smooth = new AnomalyMap(size, levels, MapRule.product(), 0.8).of(List.of(ramp, other));
    assertArrayEquals(new GaussianSmoothing(size, 0.8).of(expected), smooth, 1e-6f);
  }

  @Test
  void enlargingKeepsTheCornersAndIsLinearBetween() {
    double[] level = {0, 1, 2, 3};
    float[] map =
        new AnomalyMap(ImageSize.square(5), List.of(ImageSize.square(2)), 0).of(List.of(level));
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 5; x++) {
        assertEquals(2 * y / 4.0 + x / 4.0, map[y * 5 + x], 1e-6);
      }
    }
  }

  @Test
  void enlargingToTheSameSizeChangesNothing() {
    double[] level = random.doubles(49).toArray();
    float[] map =
        new AnomalyMap(ImageSize.square(7), List.of(ImageSize.square(7)), 0).of(List.of(level));
    for (int i = 0; i < level.length; i++) {
      assertEquals(level[i], map[i], 1e-7);
    }
  }

  @Test
  void aLevelOfOneLocationIsSpreadOverTheImage() {
    float[] map =
        new AnomalyMap(ImageSize.square(4), List.of(ImageSize.square(1)), 2)
            .of(List.of(new double[] {1.5}));
    for (float value : map) {
      assertEquals(1.5, value, 1e-6);
    }
  }

  @Test
  void smoothingKeepsTheSumBecauseBordersReflect() {
    for (int size : new int[] {3, 8, 40}) {
      double[] level = random.doubles((long) size * size).toArray();
      float[] map =
          new AnomalyMap(ImageSize.square(size), List.of(ImageSize.square(size)), 4)
              .of(List.of(level));
      double sum = 0;
      for (float value : map) {
        sum += value;
      }
      assertEquals(Arrays.stream(level).sum(), sum, 1e-4 * size);
    }
  }

  @Test
  void smoothingFollowsTheGaussianAndStopsAtFourSigma() {
    int size = 65;
    double[] impulse = new double[size * size];
    impulse[32 * size + 32] = 1;
    float[] map =
        new AnomalyMap(ImageSize.square(size), List.of(ImageSize.square(size)), 2)
            .of(List.of(impulse));
    float centre = map[32 * size + 32];
    assertEquals(1 / (2 * Math.PI * 4), centre, 1e-4);
    assertEquals(Math.exp(-9 / 8.0), map[32 * size + 35] / centre, 1e-5);
    assertEquals(0, map[32 * size + 41]);
    assertEquals(map[30 * size + 35], map[35 * size + 34], 1e-9);
  }

  @Test
  void rowsAndColumnsAreTreatedAlike() {
    double[] level = random.doubles(64).toArray();
    double[] transposed = new double[64];
    for (int i = 0; i < 64; i++) {
      transposed[i % 8 * 8 + i / 8] = level[i];
    }
    var map = new AnomalyMap(ImageSize.square(32), List.of(ImageSize.square(8)), 1.5);
    float[] straight = map.of(List.of(level));
    float[] turned = map.of(List.of(transposed));
    float[] back = new float[turned.length];
    for (int i = 0; i < turned.length; i++) {
      back[i % 32 * 32 + i / 32] = turned[i];
    }
    assertArrayEquals(straight, back, 1e-6f);
  }

  @Test
  void theScoreIsTheMaximum() {
    assertEquals(-1f, AnomalyMap.score(new float[] {-3, -1, -2}));
  }

  private static double[] constant(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
