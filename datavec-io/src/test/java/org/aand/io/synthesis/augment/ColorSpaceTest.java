package org.aand.io.synthesis.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class ColorSpaceTest {
  /** The 8-bit values that OpenCV gives for black, white and the primaries. */
  @Test
  void primariesComeOutAsOpenCvHasThem() {
    anchor(ColorSpace.YCRCB, 0, 0, 0, 0, 128, 128);
    anchor(ColorSpace.YCRCB, 255, 255, 255, 255, 128, 128);
    anchor(ColorSpace.YCRCB, 255, 0, 0, 76, 255, 85);
    anchor(ColorSpace.YCRCB, 0, 255, 0, 150, 21, 43);
    anchor(ColorSpace.YCRCB, 0, 0, 255, 29, 107, 255);
    anchor(ColorSpace.YCRCB, 200, 120, 40, 135, 174, 74);
    anchor(ColorSpace.HSV, 0, 0, 0, 0, 0, 0);
    anchor(ColorSpace.HSV, 255, 255, 255, 0, 0, 255);
    anchor(ColorSpace.HSV, 255, 0, 0, 0, 255, 255);
    anchor(ColorSpace.HSV, 0, 255, 0, 60, 255, 255);
    anchor(ColorSpace.HSV, 0, 0, 255, 120, 255, 255);
    anchor(ColorSpace.HSV, 200, 120, 40, 15, 204, 200);
    anchor(ColorSpace.HLS, 0, 0, 0, 0, 0, 0);
    anchor(ColorSpace.HLS, 255, 255, 255, 0, 255, 0);
    anchor(ColorSpace.HLS, 255, 0, 0, 0, 128, 255);
    anchor(ColorSpace.HLS, 0, 255, 0, 60, 128, 255);
    anchor(ColorSpace.HLS, 0, 0, 255, 120, 128, 255);
    anchor(ColorSpace.HLS, 200, 120, 40, 15, 120, 170);
    anchor(ColorSpace.LAB, 0, 0, 0, 0, 128, 128);
    anchor(ColorSpace.LAB, 255, 255, 255, 255, 128, 128);
    anchor(ColorSpace.LAB, 255, 0, 0, 136, 208, 195);
    anchor(ColorSpace.LAB, 0, 255, 0, 224, 42, 211);
    anchor(ColorSpace.LAB, 0, 0, 255, 82, 207, 20);
    anchor(ColorSpace.LAB, 200, 120, 40, 148, 153, 182);
    anchor(ColorSpace.LUV, 0, 0, 0, 0, 96, 136);
    anchor(ColorSpace.LUV, 255, 255, 255, 255, 96, 136);
    anchor(ColorSpace.LUV, 255, 0, 0, 135, 222, 173);
    anchor(ColorSpace.LUV, 0, 255, 0, 223, 37, 241);
    anchor(ColorSpace.LUV, 0, 0, 255, 82, 90, 10);
    anchor(ColorSpace.LUV, 200, 120, 40, 147, 143, 185);
    anchor(ColorSpace.YUV, 0, 0, 0, 0, 128, 128);
    anchor(ColorSpace.YUV, 255, 255, 255, 255, 128, 128);
    anchor(ColorSpace.YUV, 255, 0, 0, 76, 91, 255);
    anchor(ColorSpace.YUV, 0, 255, 0, 150, 54, 0);
    anchor(ColorSpace.YUV, 0, 0, 255, 29, 239, 103);
    anchor(ColorSpace.YUV, 200, 120, 40, 135, 81, 185);
  }

  @Test
  void thereAndBackStaysCloseToTheColour() {
    var random = new RandomStreams(5).stream("colours");
    for (var space : ColorSpace.values()) {
      var conversion = space.conversion();
      double sum = 0;
      int colours = 20_000;
      for (int i = 0; i < colours; i++) {
        int r = random.nextInt(256);
        int g = random.nextInt(256);
        int b = random.nextInt(256);
        int there = conversion.fromRgb(r, g, b);
        int back = conversion.toRgb(there >> 16, there >> 8 & 0xFF, there & 0xFF);
        sum +=
            Math.abs((back >> 16) - r)
                + Math.abs((back >> 8 & 0xFF) - g)
                + Math.abs((back & 0xFF) - b);
      }
      double mean = sum / colours / 3;
      assertTrue(mean > 0 && mean < 2.5, space + ": mean error " + mean + " grey levels");
    }
  }

  @Test
  void noColourOfASpaceLeavesTheRangeOfBytes() {
    var random = new RandomStreams(6).stream("codes");
    for (var space : ColorSpace.values()) {
      var conversion = space.conversion();
      for (int i = 0; i < 20_000; i++) {
        int rgb =
            conversion.toRgb(
                random.nextInt(space == ColorSpace.HSV || space == ColorSpace.HLS ? 180 : 256),
                random.nextInt(256),
                random.nextInt(256));
        assertEquals(0, rgb >>> 24);
      }
    }
  }

  private static void anchor(
      ColorSpace space, int r, int g, int b, int first, int second, int third) {
    int packed = space.conversion().fromRgb(r, g, b);
    assertEquals(first, packed >> 16, space + " first channel");
    assertEquals(second, packed >> 8 & 0xFF, space + " second channel");
    assertEquals(third, packed & 0xFF, space + " third channel");
  }
}
