package org.aand.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aand.analysis.FeatureDistribution.LabelledImage;
import org.aand.analysis.FeatureDistribution.Point;
import org.aand.common.random.RandomStreams;
import org.aand.train.TinyModel;
import org.junit.jupiter.api.Test;

/** Locations of two good and two defective images. */
class FeatureDistributionTest {
  private static final int SIZE = TinyModel.SIZE;

  @Test
  void bothKindsOfLocationsMoveTogetherInOnePlane() {
    try (var model = TinyModel.create(3, true)) {
      var distribution = FeatureDistribution.of(model, samples(), 1);
      assertEquals(
          List.of("a", "b", "c"), distribution.levels().stream().map(l -> l.level()).toList());
      // The defect covers 16x16 pixels, so 16 locations of 4x4, 4 of 8x8, 1 of 16x16 in each.
      int[] anomalous = {32, 8, 2};
      int[] locations = {16 * 16, 8 * 8, 4 * 4};
      for (int l = 0; l < 3; l++) {
        var points = distribution.levels().get(l).points();
        assertEquals(anomalous[l], points.stream().filter(Point::anomalous).count());
        int normal = 4 * locations[l] - anomalous[l];
        assertEquals(
            Math.min(FeatureDistribution.LOCATIONS, normal),
            points.stream().filter(p -> !p.anomalous()).count());
        assertTrue(points.stream().anyMatch(p -> !p.before().equals(p.after())));
        double explained = distribution.levels().get(l).shares().stream().mapToDouble(s -> s).sum();
        assertTrue(explained > 0 && explained <= 1 + 1e-9);
      }
      assertEquals(distribution, FeatureDistribution.of(model, samples(), 1));
      assertNotEquals(distribution, FeatureDistribution.of(model, samples(), 2));
    }
  }

  @Test
  void withoutModulesNothingMoves() {
    try (var model = TinyModel.create(3, false)) {
      for (var level : FeatureDistribution.of(model, samples(), 1).levels()) {
        for (var point : level.points()) {
          for (int k = 0; k < 2; k++) {
            assertEquals(point.before().get(k), point.after().get(k), 1e-6);
          }
        }
      }
    }
  }

  private static List<LabelledImage> samples() {
    var samples = new ArrayList<LabelledImage>();
    for (int i = 0; i < 4; i++) {
      var random = new RandomStreams(9).stream("picture", i);
      float[] image = new float[SIZE * SIZE * 3];
      for (int k = 0; k < image.length; k++) {
        image[k] = (float) random.nextGaussian();
      }
      byte[] mask = new byte[SIZE * SIZE];
      for (int y = 16; i >= 2 && y < 32; y++) {
        java.util.Arrays.fill(mask, y * SIZE + 32, y * SIZE + 48, (byte) 1);
      }
      samples.add(new LabelledImage(image, mask));
    }
    return samples;
  }
}
