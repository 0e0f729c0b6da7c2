package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** The per-image overlap at few false positives. */
class AupimoTest {
  private static final float[] NORMAL = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static double of(float[] map, int... mask) {
    byte[] defects = new byte[map.length];
    for (int i = 0; i < mask.length; i++) {
      defects[i] = (byte) mask[i];
    }
    return Aupimo.of(List.of(NORMAL), List.of(map), List.of(defects), 0.1, 0.4);
  }

  @Test
  void aPixelCountsByHowManyNormalOnesReachIt() {
    // above all normal pixels, or all but one: found from the lowest rate on
    assertEquals(1, of(new float[] {9.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 1e-15);
    assertEquals(1, of(new float[] {8.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 1e-15);
    // two of ten reach it: found from 0.2 on, half of the way from 0.1 to 0.4 in logarithms
    assertEquals(0.5, of(new float[] {7.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 1e-15);
    // an equal value reaches it too
    assertEquals(0.5, of(new float[] {8, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 1e-15);
    // three of ten
    double third = Math.log(4 / 3.0) / Math.log(4);
    assertEquals(third, of(new float[] {6.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 1e-15);
    assertEquals(0, of(new float[] {5.5f, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1), 0);
    // the mean over the image's defective pixels; others do not count
    assertEquals(0.25, of(new float[] {7.5f, 99, 1, 0, 0, 0, 0, 0, 0, 0}, 1, 0, 1), 1e-15);
  }

  @Test
  void everyImageWeighsTheSameAndABlankMaskNothing() {
    float[] found = {20, 20, 20, 0, 0, 0, 0, 0, 0, 0};
    byte[] three = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    byte[] one = {0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    assertEquals(
        0.5,
        Aupimo.of(List.of(NORMAL), List.of(found, found, found), List.of(three, one, new byte[10])),
        1e-15);
  }

  @Test
  void agreesWithItsDefinitionSweptOverAllThresholds() {
    int compared = 0;
    for (int number = 0; number < 40; number++) {
      var category = RandomCategory.number(number);
      var random = new RandomStreams(11).stream("rates", number);
      double lowest = random.nextDouble(0.001, 0.2);
      double greatest = lowest + random.nextDouble(0.01, 0.8);
      var normal = category.maps(false);
      if (normal.isEmpty()) {
        continue;
      }
      var defective = category.maps(true);
      var masks = category.defectMasks();
      assertEquals(
          swept(normal, defective, masks, lowest, greatest),
          Aupimo.of(normal, defective, masks, lowest, greatest),
          1e-12,
          "category " + number + " from " + lowest + " to " + greatest);
      compared++;
    }
    assertTrue(compared > 15, compared + " categories have both");
  }

  /** Each stretch of rates between two numbers of normal pixels with its lowest threshold. */
  private static double swept(
      List<float[]> normal,
      List<float[]> defective,
      List<byte[]> masks,
      double lowest,
      double greatest) {
    var values = new ArrayList<Float>(List.of(Float.POSITIVE_INFINITY));
    for (var maps : List.of(normal, defective)) {
      for (float[] map : maps) {
        for (float value : map) {
          values.add(value);
        }
      }
    }
    int pixels = normal.stream().mapToInt(map -> map.length).sum();
    double sum = 0;
    for (int image = 0; image < masks.size(); image++) {
      for (int count = 0; count < pixels; count++) {
        double from = Math.max(lowest, (double) count / pixels);
        double to = Math.min(greatest, (count + 1.0) / pixels);
        if (from < to) {
          float threshold = Float.POSITIVE_INFINITY;
          for (float value : values) {
            if (value < threshold && atLeast(normal, value) <= count) {
              threshold = value;
            }
          }
          sum += recall(defective.get(image), masks.get(image), threshold) * Math.log(to / from);
        }
      }
    }
    return sum / Math.log(greatest / lowest) / masks.size();
  }

  private static long atLeast(List<float[]> maps, float threshold) {
    long count = 0;
    for (float[] map : maps) {
      for (float value : map) {
        count += value >= threshold ? 1 : 0;
      }
    }
    return count;
  }

  private static double recall(float[] map, byte[] mask, float threshold) {
    double found = 0;
    double all = 0;
    for (int i = 0; i < map.length; i++) {
      all += mask[i] != 0 ? 1 : 0;
      found += mask[i] != 0 && map[i] >= threshold ? 1 : 0;
    }
    return found / all;
  }

  @Test
  void manyNormalPixelsAreRankedExactly() {
    // a million, of which 100 and 10 are the bounds
    var random = new RandomStreams(12).stream("normal");
    float[] normal = new float[1_000_000];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextFloat();
    }
    float[] sorted = normal.clone();
    Arrays.sort(sorted);
    float[] map = new float[normal.length];
    byte[] mask = new byte[normal.length];
    for (int i : new int[] {0, 7, 500}) {
      mask[i] = 1;
    }
    map[0] = sorted[sorted.length - 10]; // ten reach it
    map[7] = sorted[sorted.length - 40];
    map[500] = sorted[sorted.length - 100];
    assertEquals(
        (1 + Math.log(100 / 40.0) / Math.log(10) + 0) / 3,
        Aupimo.of(List.of(normal), List.of(map), List.of(mask)),
        1e-12);
  }

  @Test
  void whatIsMissingIsRefused() {
    var maps = List.of(NORMAL);
    var blank = List.of(new byte[10]);
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(List.of(), maps, blank));
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(maps, maps, blank));
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(maps, maps, List.of()));
    var single = List.of(new byte[] {1});
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(maps, maps, single));
    var mask = List.of(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    for (double[] rates : new double[][] {{0, 0.5}, {0.5, 0.5}, {0.1, 1.1}, {Double.NaN, 1}}) {
      assertThrows(
          IllegalArgumentException.class, () -> Aupimo.of(maps, maps, mask, rates[0], rates[1]));
    }
    float[] bad = NORMAL.clone();
    bad[3] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(List.of(bad), maps, mask));
    assertThrows(IllegalArgumentException.class, () -> Aupimo.of(maps, List.of(bad), mask));
  }
}
