package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalisationTest {
  @Test
  void blackAndWhiteHaveTheKnownValues() {
    var image = new RgbImage(2, 1, new byte[] {0, 0, 0, (byte) 255, (byte) 255, (byte) 255});
    assertArrayEquals(
        new float[] {-2.117904f, -2.0357144f, -1.8044444f, 2.2489083f, 2.4285715f, 2.64f},
        new Normalisation().apply(image),
        1e-6f);
  }

  @Test
  void everyValueIsRestored() {
    byte[] pixels = new byte[256 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3);
    }
    var image = new RgbImage(256, 1, pixels);
    var normalisation = Normalisation.IMAGENET;
    var restored = normalisation.restore(normalisation.apply(image), 256, 1);
    assertArrayEquals(pixels, restored.pixels());
  }

  @Test
  void valuesOutsideAreClipped() {
    var restored = Normalisation.IMAGENET.restore(new float[] {-9, 0, 9}, 1, 1);
    assertEquals(0, restored.at(0, 0, 0));
    assertEquals(116, restored.at(0, 0, 1));
    assertEquals(255, restored.at(0, 0, 2));
  }

  @Test
  void aDeviationOfZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Normalisation.Channel(0.5f, 0));
  }
}
