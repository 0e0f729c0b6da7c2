package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Rd4adProTest {
  @Test
  void agreesWithTheReleasedProcedureFollowedStepByStep() {
    int compared = 0;
    for (int number = 0; number < 150; number++) {
      var category = RandomCategory.number(number);
      float[] pixels = category.pixels();
      boolean constant = true;
      for (float value : pixels) {
        constant &= value == pixels[0];
      }
      if (constant) {
        continue;
      }
      for (int steps : new int[] {7, 50}) {
        var actual =
            Rd4adPro.of(
                category.maps(), category.masks(), category.width(), category.height(), 0.3, steps);
        double expected = stepByStep(category, 0.3, steps);
        assertEquals(Double.isNaN(expected), actual.isEmpty(), "category " + number);
        if (actual.isPresent()) {
          assertEquals(expected, actual.getAsDouble(), 1e-12, "category " + number);
          compared++;
        }
      }
    }
    assertTrue(compared > 150, "only " + compared + " had a value");
  }

  private static double stepByStep(RandomCategory category, double limit, int steps) {
    float[] pixels = category.pixels();
    boolean[] labels = category.pixelLabels();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : pixels) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double delta = (max - min) / steps;
    var rates = new ArrayList<Double>();
    var overlaps = new ArrayList<Double>();
    for (int i = 0; i < Math.ceil((max - min) / delta); i++) {
      double threshold = min + i * (min + delta - min);
      double above = 0;
      double normal = 0;
      for (int p = 0; p < pixels.length; p++) {
        if (!labels[p]) {
          normal++;
          above += pixels[p] > threshold ? 1 : 0;
        }
      }
      if (above / normal < limit) {
        rates.add(above / normal);
        overlaps.add(meanOverlapAbove(category, threshold));
      }
    }
    if (rates.size() < 2) {
      return Double.NaN;
    }
    double greatest = rates.get(0);
    double area = 0;
    for (int i = 1; i < rates.size(); i++) {
      area +=
          (rates.get(i - 1) / greatest - rates.get(i) / greatest)
              * (overlaps.get(i - 1) + overlaps.get(i))
              / 2;
    }
    return area;
  }

  private static double meanOverlapAbove(RandomCategory category, double threshold) {
    double sum = 0;
    int regions = 0;
    for (int image = 0; image < category.maps().size(); image++) {
      float[] map = category.maps().get(image);
      for (var region :
          NaiveMetrics.regions(
              category.masks().get(image), category.width(), category.height(), true)) {
        sum += region.stream().filter(p -> map[p] > threshold).count() / (double) region.size();
        regions++;
      }
    }
    return sum / regions;
  }

  @Test
  void isNotTheAuproOfTheProtocol() {
    var category = RandomCategory.number(12);
    double protocol = Aupro.of(category.ranking(), 0.3);
    double released =
        Rd4adPro.of(
                category.maps(), category.masks(), category.width(), category.height(), 0.3, 200)
            .orElseThrow();
    assertTrue(Math.abs(protocol - released) > 1e-4, protocol + " and " + released);
  }

  @Test
  void refusesWhatHasNoThresholds() {
    byte[] mask = {1, 0, 0, 0};
    var masks = List.<byte[]>of(mask);
    float[] constant = {2, 2, 2, 2};
    float[] infinite = {2, 2, 2, Float.POSITIVE_INFINITY};
    float[] nan = {2, Float.NaN, 2, 3};
    for (float[] map : List.of(constant, infinite, nan)) {
      assertThrows(
          IllegalArgumentException.class, () -> Rd4adPro.of(List.of(map), masks, 2, 2, 0.3, 200));
    }
    float[] map = {3, 1, 2, 0};
    var noRegion = List.<byte[]>of(new byte[4]);
    assertThrows(
        IllegalArgumentException.class, () -> Rd4adPro.of(List.of(map), noRegion, 2, 2, 0.3, 200));
    assertThrows(
        IllegalArgumentException.class, () -> Rd4adPro.of(List.of(map), masks, 2, 2, 0.3, 1));
  }
}
