package org.aand.common.heatmap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HeatmapTest {
  private static final ColorScale SCALE = new ColorScale(0, 1);

  private static BufferedImage decode(Png png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.bytes()));
  }

  @Test
  void theImageKeepsEveryPixel() throws IOException {
    var rgb = new byte[3 * 7 * 5];
    RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(3).nextBytes(rgb);
    BufferedImage buffered = decode(Heatmap.image(rgb, 7, 5));
    assertEquals(7, buffered.getWidth());
    assertEquals(5, buffered.getHeight());
    for (int i = 0; i < 35; i++) {
      int pixel = buffered.getRGB(i % 7, i / 7);
      assertEquals(rgb[3 * i], (byte) (pixel >> 16));
      assertEquals(rgb[3 * i + 1], (byte) (pixel >> 8));
      assertEquals(rgb[3 * i + 2], (byte) pixel);
    }
  }

  @Test
  void anOverlayIsSevenTenthsScaleColourAndThreeTenthsGrey() throws IOException {
    byte[] rgb = {10, 100, (byte) 200, 10, 100, (byte) 200};
    float[] map = {0.25f, 7};
    BufferedImage buffered = decode(Heatmap.overlay(rgb, map, 2, 1, SCALE));
    double gray = 0.299 * 10 + 0.587 * 100 + 0.114 * 200;
    int[] colors = {SCALE.rgb(0.25), SCALE.rgb(1)};
    for (int x = 0; x < 2; x++) {
      for (int shift = 16; shift >= 0; shift -= 8) {
        int expected = (int) Math.round(0.7 * (colors[x] >> shift & 0xFF) + 0.3 * gray);
        assertEquals(expected, buffered.getRGB(x, 0) >> shift & 0xFF);
      }
    }
  }

  @Test
  void theSameMapGivesTheSameBytes() {
    byte[] rgb = new byte[3 * 64 * 64];
    float[] map = new float[64 * 64];
    for (int i = 0; i < map.length; i++) {
      map[i] = i / 4096f;
    }
    assertArrayEquals(
        Heatmap.overlay(rgb, map, 64, 64, SCALE).bytes(),
        Heatmap.overlay(rgb, map, 64, 64, SCALE).bytes());
  }

  @Test
  void anOutlineIsWhiteInsideDarkOutsideAndClearElsewhere() throws IOException {
    var mask = new boolean[9 * 9];
    for (int y = 3; y < 8; y++) {
      Arrays.fill(mask, y * 9 + 3, y * 9 + 8, true);
    }
    BufferedImage buffered = decode(Heatmap.outline(mask, 9, 9));
    assertEquals(0xFFFFFFFF, buffered.getRGB(3, 5));
    assertEquals(0xFF101418, buffered.getRGB(2, 5));
    assertEquals(0xFF101418, buffered.getRGB(2, 2));
    assertEquals(0, buffered.getRGB(5, 5) >>> 24);
    assertEquals(0, buffered.getRGB(1, 5) >>> 24);
  }

  @Test
  void anOutlinedImageIsTheImageWithTheOutlineOnIt() throws IOException {
    byte[] rgb = new byte[3 * 9 * 9];
    Arrays.fill(rgb, (byte) 70);
    var mask = new boolean[9 * 9];
    mask[4 * 9 + 4] = true;
    BufferedImage buffered = decode(Heatmap.outlined(rgb, mask, 9, 9));
    assertEquals(0xFFFFFFFF, buffered.getRGB(4, 4));
    assertEquals(0xFF101418, buffered.getRGB(3, 3));
    assertEquals(0xFF464646, buffered.getRGB(2, 4));
  }

  @Test
  void aThickOutlineReachesAsFarOnEitherSide() throws IOException {
    byte[] rgb = new byte[3 * 20 * 12];
    Arrays.fill(rgb, (byte) 70);
    var mask = new boolean[20 * 12];
    for (int y = 0; y < 8; y++) {
      Arrays.fill(mask, y * 20 + 8, y * 20 + 20, true);
    }
    for (int line = 1; line <= 4; line++) {
      BufferedImage buffered = decode(Heatmap.outlined(rgb, mask, 20, 12, line));
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 20; x++) {
          boolean inside = x >= 8 && y < 8;
          int away =
              inside ? Math.min(x - 7, 8 - y) : Math.max(Math.max(0, 8 - x), Math.max(0, y - 7));
          int expected = away > line ? 0xFF464646 : inside ? 0xFFFFFFFF : 0xFF101418;
          assertEquals(expected, buffered.getRGB(x, y), line + " at " + x + ", " + y);
        }
      }
    }
  }

  @Test
  void aMaskIsAnImageOfZerosAnd255() throws IOException {
    BufferedImage buffered = decode(Heatmap.mask(new boolean[] {true, false, false, true}, 2, 2));
    assertEquals(1, buffered.getRaster().getNumBands());
    assertEquals(255, buffered.getRaster().getSample(0, 0, 0));
    assertEquals(0, buffered.getRaster().getSample(1, 0, 0));
    assertEquals(255, buffered.getRaster().getSample(1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Heatmap.mask(new boolean[3], 2, 2));
  }

  @Test
  void aMaskWithoutBorderHasNoOutline() throws IOException {
    var all = new boolean[16];
    Arrays.fill(all, true);
    for (boolean[] mask : new boolean[][] {all, new boolean[16]}) {
      BufferedImage buffered = decode(Heatmap.outline(mask, 4, 4));
      for (int i = 0; i < 16; i++) {
        assertEquals(0, buffered.getRGB(i % 4, i / 4) >>> 24);
      }
    }
  }

  @Test
  void arraysOfAnotherSizeAndNotANumberAreRefused() {
    byte[] rgb = new byte[12];
    assertThrows(IllegalArgumentException.class, () -> Heatmap.image(rgb, 3, 2));
    assertThrows(IllegalArgumentException.class, () -> Heatmap.image(new byte[13], 2, 2));
    assertThrows(
        IllegalArgumentException.class, () -> Heatmap.overlay(rgb, new float[3], 2, 2, SCALE));
    assertThrows(
        IllegalArgumentException.class,
        () -> Heatmap.overlay(rgb, new float[] {0, 0, 0, Float.NaN}, 2, 2, SCALE));
    assertThrows(IllegalArgumentException.class, () -> Heatmap.outline(new boolean[4], 0, 4));
  }
}
