package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class BilinearResizeTest {
  @Test
  void anImageOfTheRightSizeIsHandedBack() {
    var image = grey(3, 1, 1, 2, 3);
    assertSame(image, BilinearResize.resize(image, 3, 1));
  }

  @Test
  void doublingBlendsByQuarters() {
    var doubled = BilinearResize.resize(grey(2, 1, 0, 100), 4, 1);
    assertArrayEquals(grey(4, 1, 0, 25, 75, 100).pixels(), doubled.pixels());
    var down = BilinearResize.resize(grey(1, 2, 0, 100), 1, 4);
    assertArrayEquals(grey(1, 4, 0, 25, 75, 100).pixels(), down.pixels());
  }

  @Test
  void halvingIsTheRoundedMeanOfFour() {
    var half = BilinearResize.resize(grey(2, 2, 1, 2, 3, 4), 1, 1);
    assertEquals(3, half.at(0, 0, 0));
  }

  @Test
  void reducingDoesNotAverage() {
    // Every fourth row and column of an image reduced by 4 lies between two pixels: the rest of
    // the sixteen has no influence.
    byte[] pixels = new byte[3 * 16 * 16];
    Arrays.fill(pixels, (byte) 255);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        boolean used = (x % 4 == 1 || x % 4 == 2) && (y % 4 == 1 || y % 4 == 2);
        for (int c = 0; used && c < 3; c++) {
          pixels[(y * 16 + x) * 3 + c] = 10;
        }
      }
    }
    byte[] reduced = BilinearResize.resize(new RgbImage(16, 16, pixels), 4, 4).pixels();
    for (byte value : reduced) {
      assertEquals(10, value);
    }
  }

  @Test
  void aConstantStaysAndNothingLeavesTheRangeOfTheImage() {
    var random = new RandomStreams(1).stream("sizes");
    for (int i = 0; i < 60; i++) {
      int width = random.nextInt(1, 40);
      int height = random.nextInt(1, 40);
      byte[] pixels = new byte[3 * width * height];
      int value = random.nextInt(256);
      Arrays.fill(pixels, (byte) value);
      int newWidth = random.nextInt(1, 40);
      int newHeight = random.nextInt(1, 40);
      for (byte resized :
          BilinearResize.resize(new RgbImage(width, height, pixels), newWidth, newHeight)
              .pixels()) {
        assertEquals(value, resized & 0xFF);
      }
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = (byte) random.nextInt(50, 101);
      }
      for (byte resized :
          BilinearResize.resize(new RgbImage(width, height, pixels), newWidth, newHeight)
              .pixels()) {
        assertTrue(resized >= 50 && resized <= 100, "out of range: " + resized);
      }
    }
  }

  private static RgbImage grey(int width, int height, int... values) {
    byte[] pixels = new byte[3 * values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i / 3];
    }
    return new RgbImage(width, height, pixels);
  }
}
