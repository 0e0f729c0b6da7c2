package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.aand.common.image.ImageSize;
import org.junit.jupiter.api.Test;

/** Maps that are not square. */
class MapSizesTest {
  private static double[] transposed(double[] map, int width) {
    return MapMatrix.transposed(map, map.length / width);
  }

  @Test
  void aTransposedLevelGivesTheTransposedMap() {
    double[] level = new Random(5).doubles(3 * 7).toArray();
    float[] wide =
        new AnomalyMap(new ImageSize(12, 28), List.of(new ImageSize(3, 7)), 1.5).of(List.of(level));
    float[] tall =
        new AnomalyMap(new ImageSize(28, 12), List.of(new ImageSize(7, 3)), 1.5)
            .of(List.of(transposed(level, 7)));
    assertEquals(12 * 28, wide.length);
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 28; x++) {
        assertEquals(wide[y * 28 + x], tall[x * 12 + y], 1e-6f);
      }
    }
  }

  @Test
  void aMapResizedToItsOwnSizeStaysAndARampStaysARamp() {
    float[] map = {0, 1, 2, 3, 10, 11, 12, 13};
    var size = new ImageSize(2, 4);
    assertArrayEquals(map, MapResize.bilinear(map, size, 4, 2));
    float[] large = MapResize.bilinear(map, size, 8, 4);
    assertEquals(0, large[0]);
    assertEquals(0.25f, large[1]);
    assertEquals(3, large[7]);
    assertEquals(2.5f, large[8]);
    assertEquals(13, large[31]);
  }
}
