package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** What a pixel threshold cuts out of the maps. */
class SegmentationF1Test {
  @Test
  void thePixelsOfAllImagesCountTogether() {
    float[] defective = {5, 4, 3, 2, 1, 0};
    byte[] mask = {1, 0, 1, 1, 0, 0};
    float[] normal = {0, 0, 9, 0, 0, 0};
    var masks = Arrays.asList(mask, null);
    var maps = List.of(defective, normal);
    // above 2: 5, 4, 3 and 9; two of them right, one of three defective pixels missed
    assertEquals(4 / 7.0, SegmentationF1.of(maps, masks, 2), 1e-15);
    // above 4: 5 and 9
    assertEquals(2 / 5.0, SegmentationF1.of(maps, masks, 4), 1e-15);
    assertEquals(0, SegmentationF1.of(maps, masks, 9), 0);
    // everything is called
    assertEquals(6 / 15.0, SegmentationF1.of(maps, masks, -1), 1e-15);
  }

  @Test
  void agreesWithTheItemsThatThePixelsAre() {
    for (int number = 0; number < 80; number++) {
      var category = RandomCategory.number(number);
      float[] pixels = category.pixels();
      var random = new RandomStreams(9).stream("threshold", number);
      float threshold = pixels[random.nextInt(pixels.length)];
      // the definition calls from a value on, the metric what is above one
      assertEquals(
          NaiveMetrics.f1(pixels, category.pixelLabels(), Math.nextUp(threshold)),
          SegmentationF1.of(category.maps(), category.masks(), threshold),
          1e-12);
      var best = F1Max.of(Ranking.of(pixels, category.pixelLabels()));
      assertEquals(
          best.f1(),
          SegmentationF1.of(category.maps(), category.masks(), Math.nextDown(best.threshold())),
          1e-12);
    }
  }

  @Test
  void whatIsMissingIsRefused() {
    float[] map = {1, 2};
    var none = new ArrayList<byte[]>();
    none.add(null);
    assertThrows(IllegalArgumentException.class, () -> SegmentationF1.of(List.of(map), none, 1));
    assertThrows(IllegalArgumentException.class, () -> SegmentationF1.of(List.of(), List.of(), 1));
    var mask = List.of(new byte[] {1, 0});
    assertThrows(
        IllegalArgumentException.class, () -> SegmentationF1.of(List.of(map), mask, Float.NaN));
    var bad = List.of(new float[] {1, Float.NaN});
    assertThrows(IllegalArgumentException.class, () -> SegmentationF1.of(bad, mask, 1));
  }
}
