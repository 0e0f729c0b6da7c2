package org.aand.io.synthesis.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class AffineRotationTest {
  @Test
  void aQuarterTurnMovesEveryPixelClockwise() {
    int side = 16;
    double[] values = numbers(side * side);
    double[] turned = new AffineRotation(side, side, 90).apply(values);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        assertEquals(values[y * side + x], turned[x * side + side - 1 - y]);
      }
    }
  }

  @Test
  void halfATurnReversesARectangle() {
    double[] values = numbers(9 * 14);
    double[] turned = new AffineRotation(14, 9, 180).apply(values);
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], turned[values.length - 1 - i]);
    }
    var image = SampleImages.random(1, 14, 9);
    var back = new AffineRotation(14, 9, -180).apply(new AffineRotation(14, 9, 180).apply(image));
    assertArrayEquals(image.pixels(), back.pixels());
  }

  @Test
  void aSlopeTurnsAsAWholeUpToTheGridOfSourcePositions() {
    int side = 64;
    double[] slope = new double[side * side];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = i % side - (side - 1) / 2.0;
    }
    var random = new RandomStreams(1).stream("angles");
    for (int k = 0; k < 25; k++) {
      double degrees = random.nextDouble(-90, 90);
      double cos = Math.cos(Math.toRadians(degrees));
      double sin = Math.sin(Math.toRadians(degrees));
      double[] turned = new AffineRotation(side, side, degrees).apply(slope);
      // The disc inside the square is covered whatever the angle.
      for (int y = 12; y < 52; y++) {
        for (int x = 12; x < 52; x++) {
          double expected = cos * (x - 31.5) + sin * (y - 31.5);
          assertEquals(expected, turned[y * side + x], 0.5 / 32 + 3.0 / 1024);
        }
      }
    }
  }

  @Test
  void zerosComeInAtTheCorners() {
    double[] ones = new double[32 * 32];
    Arrays.fill(ones, 1);
    double[] turned = new AffineRotation(32, 32, 45).apply(ones);
    assertEquals(0, turned[0]);
    assertEquals(0, turned[31]);
    assertEquals(0, turned[31 * 32]);
    assertEquals(0, turned[32 * 32 - 1]);
    assertEquals(1, turned[16 * 32 + 16]);
  }

  @Test
  void bytesAndRealNumbersTurnAlike() {
    var image = SampleImages.random(2, 40, 31);
    var rotation = new AffineRotation(40, 31, 33.3);
    var turned = rotation.apply(image);
    for (int c = 0; c < 3; c++) {
      double[] channel = new double[40 * 31];
      for (int i = 0; i < channel.length; i++) {
        channel[i] = image.at(i % 40, i / 40, c);
      }
      double[] expected = rotation.apply(channel);
      for (int i = 0; i < channel.length; i++) {
        assertEquals(expected[i], turned.at(i % 40, i / 40, c), 0.5);
      }
    }
  }

  @Test
  void anotherSizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new AffineRotation(4, 4, 1).apply(new double[15]));
  }

  private static double[] numbers(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}
