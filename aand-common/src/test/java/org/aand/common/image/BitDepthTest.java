package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras give 10, 12 or 14 bits: their upper eight count, as those of 16 do. */
class BitDepthTest {
  private static final int WIDTH = 5;
  private static final int HEIGHT = 3;

  @ParameterizedTest
  @ValueSource(ints = {10, 12, 14})
  void greyKeepsItsUpperEightBits(int bits) {
    int[] samples = ramp(WIDTH * HEIGHT, bits);
    byte[] data = PlainTiff.packed(samples, WIDTH, bits);
    var dark = ImageFile.decode(PlainTiff.of(WIDTH, HEIGHT, 1, bits, 1, data), "grey.tif");
    var inverted =
        ImageFile.decode(
            PlainTiff.of(WIDTH, HEIGHT, 1, bits, 1, data, Map.of(262, 0)), "white is zero.tif");
    int most = (1 << bits) - 1;
    for (int i = 0; i < samples.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(samples[i] >> (bits - 8), dark.at(i % WIDTH, i / WIDTH, c));
        assertEquals(most - samples[i] >> (bits - 8), inverted.at(i % WIDTH, i / WIDTH, c));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 12, 14})
  void coloursKeepTheirUpperEightBits(int bits) {
    int[] samples = ramp(WIDTH * HEIGHT * 3, bits);
    byte[] data = PlainTiff.packed(samples, WIDTH * 3, bits);
    var read = ImageFile.decode(PlainTiff.of(WIDTH, HEIGHT, 3, bits, 1, data), "colour.tif");
    for (int i = 0; i < samples.length; i++) {
      assertEquals(samples[i] >> (bits - 8), read.pixels()[i] & 0xFF);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6})
  void fewerBitsAreStretchedToEight(int bits) {
    int[] samples = ramp(WIDTH * HEIGHT, bits);
    byte[] data = PlainTiff.packed(samples, WIDTH, bits);
    var read = ImageFile.decode(PlainTiff.of(WIDTH, HEIGHT, 1, bits, 1, data), "few.tif");
    for (int i = 0; i < samples.length; i++) {
      assertEquals(samples[i] * 255 / ((1 << bits) - 1), read.at(i % WIDTH, i / WIDTH, 0));
    }
  }

  @Test
  void coloursThatTheReaderMixesUpAreRefused() {
    byte[] data = PlainTiff.packed(ramp(WIDTH * HEIGHT * 3, 4), WIDTH * 3, 4);
    byte[] tiff = PlainTiff.of(WIDTH, HEIGHT, 3, 4, 1, data);
    var refused = assertThrows(InputException.class, () -> ImageFile.decode(tiff, "four.tif"));
    assertTrue(String.valueOf(refused.getMessage()).contains("convert it to 8 bits"));
  }

  private static int[] ramp(int length, int bits) {
    int[] samples = new int[length];
    for (int i = 0; i < length; i++) {
      samples[i] = ((1 << bits) - 1) * i / (length - 1);
    }
    return samples;
  }
}
