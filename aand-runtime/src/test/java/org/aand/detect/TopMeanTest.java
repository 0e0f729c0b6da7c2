package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The mean of the greatest values, against sorting all of them. */
class TopMeanTest {
  @Test
  void ofAFewValues() {
    float[] map = {0.5f, -1, 4, 2, 3};
    assertEquals(4, TopMean.of(map, 1));
    assertEquals(3.5f, TopMean.of(map, 2));
    assertEquals(1.7f, TopMean.of(map, 5));
  }

  @Test
  void asSortingFindsIt() {
    var random = new Random(5);
    for (int round = 0; round < 200; round++) {
      float[] map = new float[1 + random.nextInt(300)];
      for (int i = 0; i < map.length; i++) {
        // Many equal values among them.
        map[i] = random.nextInt(40) - 20 + (random.nextBoolean() ? 0 : random.nextFloat());
      }
      int count = 1 + random.nextInt(map.length);
      float[] sorted = map.clone();
      Arrays.sort(sorted);
      double sum = 0;
      for (int i = map.length - count; i < map.length; i++) {
        sum += sorted[i];
      }
      assertEquals((float) (sum / count), TopMean.of(map, count));
    }
  }
}
