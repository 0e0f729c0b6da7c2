package org.aand.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class HalfTest {
  @Test
  void everyFiniteHalfSurvivesTheWayToFloatAndBack() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      short half = (short) bits;
      float value = Half.toFloat(half);
      if (Float.isFinite(value)) {
        assertEquals(half, Half.of(value), () -> "half of " + value);
      }
    }
  }

  @Test
  void knownValues() {
    assertEquals(0x3C00, Half.of(1));
    assertEquals((short) 0xC000, Half.of(-2));
    assertEquals(0x7BFF, Half.of(65504));
    assertEquals(0x0001, Half.of(0x1p-24f));
    assertEquals(0x0400, Half.of(0x1p-14f));
    // Halfway between 1 and the next half: to the even one.
    assertEquals(0x3C00, Half.of(1 + 0x1p-11f));
    assertEquals(0x3C02, Half.of(1 + 3 * 0x1p-11f));
    // Rounds up into the next power of two.
    assertEquals(0x4000, Half.of(2 - 0x1p-12f));
    assertTrue(Float.isNaN(Half.toFloat((short) 0x7E00)));
  }

  @Test
  void theNearestHalfIsTaken() {
    var random = new RandomStreams(1).stream("halves");
    for (int i = 0; i < 10_000; i++) {
      float value = (float) (random.nextGaussian() * Math.pow(10, random.nextDouble(-6, 4)));
      double error = Math.abs(Half.toFloat(Half.of(value)) - (double) value);
      double allowed = Math.max(Math.abs(value) * 0x1p-11, 0x1p-25);
      assertTrue(error <= allowed, "half of " + value + " is off by " + error);
    }
  }

  @Test
  void whatHasNoHalfIsRefused() {
    for (float value : new float[] {65520, -1e9f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Half.of(value));
    }
  }
}
