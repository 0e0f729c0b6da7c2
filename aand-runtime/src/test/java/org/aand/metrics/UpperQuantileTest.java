package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** The quantile of many values without keeping them. */
class UpperQuantileTest {
  @Test
  void noMoreThanTheShareLieAboveAndTheExactQuantileIsNear() {
    for (int number = 0; number < 60; number++) {
      var random = new RandomStreams(31).stream("values", number);
      int batches = random.nextInt(1, 6);
      float[] all = new float[batches * 400];
      var quantile = new UpperQuantile();
      for (int batch = 0; batch < batches; batch++) {
        float[] values = new float[400];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
          values[i] = number % 3 == 0 ? Math.round(values[i]) : values[i];
        }
        System.arraycopy(values, 0, all, batch * 400, 400);
        quantile.add(values);
      }
      Arrays.sort(all);
      assertEquals(all.length, quantile.total());
      for (double share : new double[] {0, 1e-4, 0.001, 0.05, random.nextDouble(), 0.9999}) {
        int allowed = (int) Math.floor(share * all.length);
        float exact = all[all.length - 1 - allowed];
        float found = quantile.exceededBy(share);
        assertTrue(found >= exact && found <= all[all.length - 1], share + ": " + found);
        assertTrue(
            found - exact <= Math.max(1e-41, Math.abs(exact) / 4096), found + " for " + exact);
        assertTrue(Arrays.stream(box(all)).filter(value -> value > found).count() <= allowed);
      }
    }
  }

  private static Float[] box(float[] values) {
    Float[] boxed = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  @Test
  void equalValuesAreNotAboveThemselves() {
    var quantile = new UpperQuantile();
    quantile.add(new float[] {0.3f, 0.3f, 0.3f, 0.3f});
    assertEquals(0.3f, quantile.exceededBy(0.25));
    var zeros = new UpperQuantile();
    zeros.add(new float[] {0, -0.0f, 0});
    assertEquals(0f, zeros.exceededBy(0.5));
  }

  @Test
  void whatHasNoOrderIsRefused() {
    var quantile = new UpperQuantile();
    assertThrows(IllegalStateException.class, () -> quantile.exceededBy(0.1));
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> quantile.add(new float[] {value}));
    }
    quantile.add(new float[] {1, Float.MAX_VALUE, -Float.MAX_VALUE});
    assertEquals(Float.MAX_VALUE, quantile.exceededBy(0));
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> quantile.exceededBy(share));
    }
  }
}
