package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aand.common.image.RgbImage;
import org.aand.detect.AnomalyMap;
import org.aand.detect.GaussianSmoothing;
import org.aand.detect.TileBlend;
import org.junit.jupiter.api.Test;

/** Tiles cover every pixel, overlap as asked, and go together again without seams. */
class TilingTest {
  private static List<Tiling> drawn(int count) {
    var random = new Random(11);
    var tilings = new ArrayList<Tiling>();
    for (int i = 0; i < count; i++) {
      int size = 32 * (1 + random.nextInt(4));
      int resolution = size + random.nextInt(300);
      tilings.add(new Tiling(resolution, size, 1 + random.nextInt(size / 2)));
    }
    return tilings;
  }

  @Test
  void tilesTouchTheBordersAndOverlapAtLeastAsAsked() {
    for (var tiling : drawn(300)) {
      int n = tiling.perSide();
      assertEquals(0, tiling.start(0), tiling.toString());
      assertEquals(tiling.resolution(), tiling.start(n - 1) + tiling.tileSize());
      for (int i = 1; i < n; i++) {
        int shared = tiling.start(i - 1) + tiling.tileSize() - tiling.start(i);
        // Positions are whole pixels, so one may be lost to rounding.
        assertTrue(shared >= tiling.overlap() - 1, tiling + " shares " + shared);
        assertTrue(tiling.start(i) > tiling.start(i - 1));
      }
    }
    assertEquals(9, Tiling.of(512, 256).count());
    assertEquals(128, Tiling.of(512, 256).start(1));
  }

  @Test
  void weightsSumToOneAtEveryPixelAndFallTowardsInnerBordersAlone() {
    for (var tiling : drawn(300)) {
      var blend = new TileBlend(tiling);
      double[] sums = new double[tiling.resolution()];
      for (int i = 0; i < tiling.perSide(); i++) {
        for (int x = 0; x < tiling.tileSize(); x++) {
          assertTrue(blend.weight(i, x) > 0);
          sums[tiling.start(i) + x] += blend.weight(i, x);
        }
      }
      for (double sum : sums) {
        assertEquals(1, sum, 1e-12);
      }
    }
    var blend = new TileBlend(Tiling.of(512, 256));
    assertEquals(1, blend.weight(0, 0));
    assertEquals(1, blend.weight(2, 255));
    assertTrue(blend.weight(0, 255) < 1e-3 && blend.weight(1, 0) < 1e-3);
  }

  @Test
  void aConstantMapStaysConstant() {
    for (var tiling : drawn(20)) {
      float[] tile = new float[tiling.tileSize() * tiling.tileSize()];
      Arrays.fill(tile, 0.7f);
      for (float value : blended(tiling, tile)) {
        assertEquals(0.7f, value, 1e-6f);
      }
    }
  }

  /** Neighbours see one content but each sees it with an error of its own at its rim. */
  @Test
  void mapsWithErrorsAtTheirRimsGiveNoStepAtTileBorders() {
    var tiling = Tiling.of(256, 128);
    int size = tiling.tileSize();
    double[] sum = new double[256 * 256];
    var blend = new TileBlend(tiling);
    for (int t = 0; t < tiling.count(); t++) {
      float[] tile = new float[size * size];
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int column = tiling.start(t % tiling.perSide()) + x;
          int rim = Math.min(Math.min(x, size - 1 - x), Math.min(y, size - 1 - y));
          tile[y * size + x] = (float) (Math.sin(column / 9.0) + 0.5 * Math.exp(-rim / 4.0));
        }
      }
      blend.add(tile, t, sum);
    }
    float[] map = new GaussianSmoothing(256, 4).of(sum);
    var border = new boolean[256];
    for (int i = 0; i < tiling.perSide(); i++) {
      border[tiling.start(i)] = i > 0;
      if (i < tiling.perSide() - 1) {
        border[tiling.start(i) + size] = true;
      }
    }
    double atBorders = 0;
    double elsewhere = 0;
    for (int y = 0; y < 256; y++) {
      for (int x = 1; x < 256; x++) {
        double step = Math.abs(map[y * 256 + x] - map[y * 256 + x - 1]);
        if (border[x]) {
          atBorders = Math.max(atBorders, step);
        } else {
          elsewhere = Math.max(elsewhere, step);
        }
      }
    }
    assertTrue(atBorders > 0 && atBorders <= elsewhere, atBorders + " against " + elsewhere);
  }

  @Test
  void cutTilesShowTheImageAndPutTogetherAgainGiveIt() {
    for (var tiling : drawn(10)) {
      int n = tiling.resolution();
      byte[] mask = new byte[n * n];
      byte[] pixels = new byte[n * n * 3];
      new Random(n).nextBytes(pixels);
      for (int i = 0; i < mask.length; i++) {
        mask[i] = pixels[3 * i + 1];
      }
      var masks = tiling.cut(mask);
      var tiles = tiling.cut(new RgbImage(n, n, pixels));
      assertEquals(tiling.count(), masks.size());
      double[] sum = new double[n * n];
      var blend = new TileBlend(tiling);
      for (int t = 0; t < masks.size(); t++) {
        float[] values = new float[masks.get(t).length];
        for (int i = 0; i < values.length; i++) {
          values[i] = masks.get(t)[i];
          assertEquals(masks.get(t)[i], tiles.get(t).pixels()[3 * i + 1]);
        }
        blend.add(values, t, sum);
      }
      for (int i = 0; i < sum.length; i++) {
        assertEquals(mask[i], sum[i], 1e-9);
      }
    }
  }

  @Test
  void smoothingIsThatOfTheAnomalyMap() {
    int n = 48;
    var random = new Random(3);
    double[] map = random.doubles((long) n * n).toArray();
    float[] expected = new AnomalyMap(n, new int[] {n}, 4).of(List.of(map));
    assertArrayEquals(expected, new GaussianSmoothing(n, 4).of(map), 1e-6f);
  }

  @Test
  void oneImageIsOneTileAndWhatIsNoTilingIsRefused() {
    var whole = new RgbImage(64, 64, new byte[64 * 64 * 3]);
    assertSame(whole, Tiling.whole(64).cut(whole).get(0));
    assertEquals(1, Tiling.whole(64).count());
    assertThrows(IllegalArgumentException.class, () -> Tiling.of(63, 64));
    assertThrows(IllegalArgumentException.class, () -> Tiling.of(1025, 64));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(128, 64, 33));
    assertThrows(IllegalArgumentException.class, () -> new Tiling(128, 64, 0));
  }

  private static float[] blended(Tiling tiling, float[] tile) {
    double[] sum = new double[tiling.resolution() * tiling.resolution()];
    var blend = new TileBlend(tiling);
    for (int t = 0; t < tiling.count(); t++) {
      blend.add(tile, t, sum);
    }
    return new GaussianSmoothing(tiling.resolution(), 4).of(sum);
  }
}
