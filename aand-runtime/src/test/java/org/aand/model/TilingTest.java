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
import org.aand.common.image.ImageSize;
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
      int height = 32 * (1 + random.nextInt(4));
      int width = 32 * (1 + random.nextInt(4));
      tilings.add(
          new Tiling(
              new ImageSize(height + random.nextInt(300), width + random.nextInt(300)),
              new ImageSize(height, width),
              1 + random.nextInt(Math.min(height, width) / 2)));
    }
    return tilings;
  }

  @Test
  void tilesTouchTheBordersAndOverlapAtLeastAsAsked() {
    for (var tiling : drawn(300)) {
      for (var side : List.of(tiling.down(), tiling.along())) {
        int n = side.count();
        assertEquals(0, side.start(0), tiling.toString());
        assertEquals(side.length(), side.start(n - 1) + side.tile());
        for (int i = 1; i < n; i++) {
          int shared = side.start(i - 1) + side.tile() - side.start(i);
          // Positions are whole pixels, so one may be lost to rounding.
          assertTrue(shared >= tiling.overlap() - 1, tiling + " shares " + shared);
          assertTrue(side.start(i) > side.start(i - 1));
        }
      }
    }
    var tiling = Tiling.of(ImageSize.square(512), ImageSize.square(256));
    assertEquals(9, tiling.count());
    assertEquals(128, tiling.top(3));
    assertEquals(128, tiling.left(1));
    var wide = Tiling.of(new ImageSize(64, 256), new ImageSize(64, 128));
    assertEquals(3, wide.count());
    assertEquals(0, wide.top(2));
    assertEquals(128, wide.left(2));
  }

  @Test
  void weightsSumToOneAtEveryPixelAndFallTowardsInnerBordersAlone() {
    for (var tiling : drawn(300)) {
      double[] sum = new double[tiling.resolution().pixels()];
      float[] ones = new float[tiling.tileSize().pixels()];
      Arrays.fill(ones, 1);
      var blend = new TileBlend(tiling);
      for (int t = 0; t < tiling.count(); t++) {
        blend.add(ones, t, sum);
      }
      for (double one : sum) {
        assertEquals(1, one, 1e-12);
      }
    }
    var blend = new TileBlend(Tiling.of(ImageSize.square(512), ImageSize.square(256)));
    float[] ones = new float[256 * 256];
    Arrays.fill(ones, 1);
    double[] first = new double[512 * 512];
    blend.add(ones, 0, first);
    assertEquals(1, first[0]);
    assertTrue(first[255] > 0 && first[255] < 1e-3);
    double[] second = new double[512 * 512];
    blend.add(ones, 1, second);
    assertTrue(second[128] > 0 && second[128] < 1e-3);
  }

  @Test
  void aConstantMapStaysConstant() {
    for (var tiling : drawn(20)) {
      float[] tile = new float[tiling.tileSize().pixels()];
      Arrays.fill(tile, 0.7f);
      for (float value : blended(tiling, tile)) {
        assertEquals(0.7f, value, 1e-6f);
      }
    }
  }

  /** Neighbours see one content but each sees it with an error of its own at its rim. */
  @Test
  void mapsWithErrorsAtTheirRimsGiveNoStepAtTileBorders() {
    var tiling = Tiling.of(ImageSize.square(256), ImageSize.square(128));
    int size = tiling.tileSize().height();
    double[] sum = new double[256 * 256];
    var blend = new TileBlend(tiling);
    for (int t = 0; t < tiling.count(); t++) {
      float[] tile = new float[size * size];
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int column = tiling.left(t) + x;
          int rim = Math.min(Math.min(x, size - 1 - x), Math.min(y, size - 1 - y));
          tile[y * size + x] = (float) (Math.sin(column / 9.0) + 0.5 * Math.exp(-rim / 4.0));
        }
      }
      blend.add(tile, t, sum);
    }
    float[] map = new GaussianSmoothing(ImageSize.square(256), 4).of(sum);
    var border = new boolean[256];
    var side = tiling.along();
    for (int i = 0; i < side.count(); i++) {
      border[side.start(i)] = i > 0;
      if (i < side.count() - 1) {
        border[side.start(i) + size] = true;
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
      int n = tiling.resolution().pixels();
      byte[] mask = new byte[n];
      byte[] pixels = new byte[n * 3];
      new Random(n).nextBytes(pixels);
      for (int i = 0; i < mask.length; i++) {
        mask[i] = pixels[3 * i + 1];
      }
      var masks = tiling.cut(mask);
      var tiles =
          tiling.cut(
              new RgbImage(tiling.resolution().width(), tiling.resolution().height(), pixels));
      assertEquals(tiling.count(), masks.size());
      double[] sum = new double[n];
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
    var random = new Random(3);
    for (var size : List.of(ImageSize.square(48), new ImageSize(24, 40))) {
      double[] map = random.doubles(size.pixels()).toArray();
      float[] expected = new AnomalyMap(size, List.of(size), 4).of(List.of(map));
      assertArrayEquals(expected, new GaussianSmoothing(size, 4).of(map), 1e-6f);
    }
  }

  @Test
  void oneImageIsOneTileAndWhatIsNoTilingIsRefused() {
    var whole = new RgbImage(64, 64, new byte[64 * 64 * 3]);
    assertSame(whole, Tiling.whole(64).cut(whole).get(0));
    assertEquals(1, Tiling.whole(64).count());
    assertThrows(
        IllegalArgumentException.class,
        () -> Tiling.of(ImageSize.square(63), ImageSize.square(64)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tiling.of(ImageSize.square(1025), ImageSize.square(64)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tiling(ImageSize.square(128), ImageSize.square(64), 33));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tiling(ImageSize.square(128), ImageSize.square(64), 0));
  }

  private static float[] blended(Tiling tiling, float[] tile) {
    double[] sum = new double[tiling.resolution().pixels()];
    var blend = new TileBlend(tiling);
    for (int t = 0; t < tiling.count(); t++) {
      blend.add(tile, t, sum);
    }
    return new GaussianSmoothing(tiling.resolution(), 4).of(sum);
  }
}
