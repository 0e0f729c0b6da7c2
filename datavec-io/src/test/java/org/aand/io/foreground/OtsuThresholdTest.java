package org.aand.io.foreground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.image.GrayImage;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class OtsuThresholdTest {
  private static final int SIZE = 40;

  @Test
  void itIsTheThresholdWithTheGreatestVarianceBetweenTheClasses() {
    var random = new RandomStreams(3).stream("otsu");
    for (int round = 0; round < 50; round++) {
      byte[] pixels = new byte[SIZE * SIZE];
      int levels = 8 + random.nextInt(248);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (random.nextInt(levels) * random.nextInt(levels) / levels);
      }
      var found = OtsuThreshold.of(new GrayImage(SIZE, SIZE, pixels));
      double best = 0;
      for (int level = 0; level < 255; level++) {
        best = Math.max(best, betweenClasses(pixels, level));
      }
      assertEquals(best, betweenClasses(pixels, found.level()), 1e-9 * best);
      assertEquals(best / variance(pixels), found.separability(), 1e-9);
    }
  }

  @Test
  void separabilityIsOneForTwoLevelsThreeQuartersForAnEvenSpreadAndZeroForOne() {
    byte[] two = new byte[SIZE * SIZE];
    byte[] even = new byte[256];
    for (int i = 0; i < two.length; i++) {
      two[i] = (byte) (i % 3 == 0 ? 200 : 20);
    }
    for (int i = 0; i < even.length; i++) {
      even[i] = (byte) i;
    }
    var clear = OtsuThreshold.of(new GrayImage(SIZE, SIZE, two));
    assertEquals(1, clear.separability(), 1e-9);
    assertEquals(180, clear.contrast(), 1e-9);
    assertTrue(clear.level() >= 20 && clear.level() < 200);
    var spread = OtsuThreshold.of(new GrayImage(256, 1, even));
    assertEquals(0.75, spread.separability(), 1e-4);
    assertEquals(127, spread.level());
    var one = OtsuThreshold.of(new GrayImage(2, 1, new byte[] {7, 7}));
    assertEquals(0, one.separability());
    assertEquals(0, one.contrast());
  }

  private static double variance(byte[] pixels) {
    double mean = 0;
    for (byte pixel : pixels) {
      mean += (pixel & 0xFF) / (double) pixels.length;
    }
    double sum = 0;
    for (byte pixel : pixels) {
      sum += Math.pow((pixel & 0xFF) - mean, 2);
    }
    return sum / pixels.length;
  }

  private static double betweenClasses(byte[] pixels, int level) {
    double[] count = new double[2];
    double[] sum = new double[2];
    for (byte pixel : pixels) {
      int bright = (pixel & 0xFF) > level ? 1 : 0;
      count[bright]++;
      sum[bright] += pixel & 0xFF;
    }
    if (count[0] == 0 || count[1] == 0) {
      return 0;
    }
    double contrast = sum[1] / count[1] - sum[0] / count[0];
    double all = pixels.length;
    return count[0] / all * (count[1] / all) * contrast * contrast;
  }
}
