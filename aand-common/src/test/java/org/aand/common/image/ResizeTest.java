package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResizeTest {
  @ParameterizedTest
  @EnumSource
  void theOwnSizeIsTheIdentity(Resize resize) {
    var image = random(31, 17);
    assertArrayEquals(image.pixels(), resize.apply(image, 31, 17).pixels());
  }

  @ParameterizedTest
  @EnumSource
  void aConstantStaysConstant(Resize resize) {
    for (int value : new int[] {0, 1, 127, 128, 255}) {
      byte[] pixels = new byte[40 * 23];
      Arrays.fill(pixels, (byte) value);
      for (int size : new int[] {1, 7, 64, 100}) {
        var resized = resize.apply(new GrayImage(40, 23, pixels), size, size + 3);
        for (byte pixel : resized.pixels()) {
          assertEquals(value, pixel & 0xFF);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void channelsDoNotMixAndAxesAreTreatedAlike(Resize resize) {
    // Without very dark and bright values, so that nothing is clipped between the two passes.
    var image = random(53, 29);
    for (int i = 0; i < image.pixels().length; i++) {
      image.pixels()[i] = (byte) (96 + (image.pixels()[i] & 63));
    }
    var resized = resize.apply(image, 20, 41);
    for (int c = 0; c < 3; c++) {
      byte[] plane = new byte[53 * 29];
      byte[] turned = new byte[53 * 29];
      for (int y = 0; y < 29; y++) {
        for (int x = 0; x < 53; x++) {
          plane[y * 53 + x] = (byte) image.at(x, y, c);
          turned[x * 29 + y] = (byte) image.at(x, y, c);
        }
      }
      var alone = resize.apply(new GrayImage(53, 29, plane), 20, 41);
      var across = resize.apply(new GrayImage(29, 53, turned), 41, 20);
      for (int y = 0; y < 41; y++) {
        for (int x = 0; x < 20; x++) {
          assertEquals(resized.at(x, y, c), alone.at(x, y));
          // The passes come in the other order, with 8 bits in between.
          assertEquals(resized.at(x, y, c), across.at(y, x), 2);
        }
      }
    }
  }

  @Test
  void reducingAveragesAndDoesNotAlias() {
    byte[] stripes = new byte[512];
    for (int x = 0; x < stripes.length; x += 2) {
      stripes[x] = (byte) 254;
    }
    var image = new GrayImage(512, 1, stripes);
    for (var resize : new Resize[] {Resize.BICUBIC, Resize.BILINEAR}) {
      var reduced = resize.apply(image, 64, 1);
      for (int x = 2; x < 62; x++) {
        assertEquals(127, reduced.at(x, 0), 1, resize.name());
      }
    }
  }

  @Test
  void cubicKernelOvershootsAndIsClipped() {
    byte[] edge = new byte[8];
    Arrays.fill(edge, 4, 8, (byte) 200);
    var enlarged = Resize.BICUBIC.apply(new GrayImage(8, 1, edge), 64, 1);
    int most = 0;
    for (int x = 0; x < 64; x++) {
      most = Math.max(most, enlarged.at(x, 0));
    }
    assertTrue(most > 200 && most < 225, "overshoot to " + most);
    assertEquals(0, enlarged.at(25, 0), "undershoot is clipped at black");
  }

  @Test
  void theTwoNearestsLookAtDifferentPixels() {
    byte[] ramp = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    var image = new GrayImage(10, 1, ramp);
    assertArrayEquals(new byte[] {1, 3, 6, 8}, Resize.NEAREST.apply(image, 4, 1).pixels());
    assertArrayEquals(new byte[] {0, 2, 5, 7}, Resize.NEAREST_FLOOR.apply(image, 4, 1).pixels());
  }

  @Test
  void anEmptySizeIsRefused() {
    var image = random(4, 4);
    assertThrows(IllegalArgumentException.class, () -> Resize.BICUBIC.apply(image, 0, 4));
  }

  private static RgbImage random(int width, int height) {
    byte[] pixels = new byte[width * height * 3];
    new RandomStreams(5).stream("resize").nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }
}
