package org.aand.common.heatmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ColorScaleTest {
  /** OKLab lightness of an sRGB colour, by the published forward matrices. */
  private static double lightness(int rgb) {
    double r = linear(rgb >> 16 & 0xFF);
    double g = linear(rgb >> 8 & 0xFF);
    double b = linear(rgb & 0xFF);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
  }

  private static double linear(int value) {
    double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4);
  }

  @Test
  void equalStepsOfValueAreEqualStepsOfLightness() {
    var scale = new ColorScale(-2, 3);
    for (int i = 0; i <= 255; i++) {
      double expected = 0.14 + 0.82 * i / 255;
      // Colours have 8 bits a channel; a colour cut off at sRGB's border would be far outside.
      assertEquals(expected, lightness(scale.rgb(-2 + 5 * i / 255.0)), 0.006, "step " + i);
    }
  }

  @Test
  void neighbouringColoursNeverJump() {
    var scale = new ColorScale(0, 255);
    for (int i = 1; i <= 255; i++) {
      for (int shift = 16; shift >= 0; shift -= 8) {
        int step = (scale.rgb(i) >> shift & 0xFF) - (scale.rgb(i - 1) >> shift & 0xFF);
        assertTrue(Math.abs(step) <= 4, "step " + i + " changes a channel by " + step);
      }
    }
  }

  @Test
  void valuesBeyondTheEndsTakeTheEndColours() {
    var scale = new ColorScale(0.5, 2);
    assertEquals(scale.rgb(0.5), scale.rgb(-10));
    assertEquals(scale.rgb(2), scale.rgb(Double.POSITIVE_INFINITY));
    assertTrue(scale.rgb(0.5) != scale.rgb(2));
  }

  @Test
  void aScaleNeedsTwoDifferentEnds() {
    assertThrows(IllegalArgumentException.class, () -> new ColorScale(1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ColorScale(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new ColorScale(0, 1).rgb(Double.NaN));
  }
}
