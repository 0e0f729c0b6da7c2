package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class PerlinNoiseTest {
  @Test
  void theNoiseIsZeroAtTheNodesOfTheGridAndNeverBeyondOne() {
    var random = new RandomStreams(1).stream("noise");
    for (int rows = 1; rows <= 32; rows *= 2) {
      for (int columns = 1; columns <= 32; columns *= 2) {
        double[] noise = new PerlinNoise(64, 96, rows, columns).draw(random);
        for (int i = 0; i < noise.length; i++) {
          assertTrue(Math.abs(noise[i]) <= 1);
          boolean node = i / 64 % (96 / rows) == 0 && i % 64 % (64 / columns) == 0;
          if (node && 96 % rows == 0) {
            assertEquals(0, noise[i], 1e-15);
          }
        }
      }
    }
  }

  @Test
  void gradientsStraightDownGiveAFunctionOfTheRowAlone() {
    double[] noise = new PerlinNoise(5, 10, 1, 1).evaluate(new double[4]);
    for (int y = 0; y < 10; y++) {
      double t = y / 10.0;
      double fade = 6 * Math.pow(t, 5) - 15 * Math.pow(t, 4) + 10 * Math.pow(t, 3);
      double expected = Math.sqrt(2) * (t + fade * (t - 1 - t));
      for (int x = 0; x < 5; x++) {
        assertEquals(expected, noise[y * 5 + x], 1e-13);
      }
    }
  }

  @Test
  void sizesThatArePeriodMultiplesOrNotSampleTheSameFunction() {
    var random = new RandomStreams(2).stream("uniforms");
    // 12 and 14 are no multiples of 5 and 4; 60 and 56 are.
    var coarse = new PerlinNoise(14, 12, 5, 4);
    double[] uniforms = new double[coarse.gradients()];
    for (int i = 0; i < uniforms.length; i++) {
      uniforms[i] = random.nextDouble();
    }
    double[] small = coarse.evaluate(uniforms);
    double[] large = new PerlinNoise(56, 60, 5, 4).evaluate(uniforms);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 14; x++) {
        assertEquals(large[5 * y * 56 + 4 * x], small[y * 14 + x], 1e-14);
      }
    }
  }

  @Test
  void impossibleGridsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PerlinNoise(8, 8, 9, 1));
    assertThrows(IllegalArgumentException.class, () -> new PerlinNoise(8, 8, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new PerlinNoise(0, 8, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new PerlinNoise(8, 8, 1, 1).evaluate(new double[3]));
  }
}
