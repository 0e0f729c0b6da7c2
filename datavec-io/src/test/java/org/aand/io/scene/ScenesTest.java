package org.aand.io.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScenesTest {
  @Test
  void aSceneIsAFunctionOfSeedAndIndex() {
    var scenes = new Scenes(3, 32);
    byte[] first = scenes.get(5).pixels();
    scenes.get(6);
    assertArrayEquals(first, scenes.get(5).pixels());
    assertArrayEquals(first, new Scenes(3, 32).get(5).pixels());
    assertFalse(Arrays.equals(first, new Scenes(4, 32).get(5).pixels()));
    assertFalse(Arrays.equals(first, scenes.get(6).pixels()));
  }

  @Test
  void scenesAreNeitherBlackNorWhiteNorFlat() {
    var scenes = new Scenes(1, 48);
    for (int i = 0; i < 40; i++) {
      byte[] pixels = scenes.get(i).pixels();
      double sum = 0;
      double squares = 0;
      for (byte pixel : pixels) {
        int value = pixel & 0xFF;
        sum += value;
        squares += (double) value * value;
      }
      double mean = sum / pixels.length;
      double deviation = Math.sqrt(squares / pixels.length - mean * mean);
      assertTrue(mean > 5 && mean < 250, "scene " + i + " has mean " + mean);
      assertTrue(deviation > 3, "scene " + i + " has deviation " + deviation);
    }
  }
}
