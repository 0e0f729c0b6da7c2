package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a category's record holds, and what it leaves out when the data do not say. */
class AnomalyMetricsTest {
  @Test
  void holdsTheFiguresOfTheMetricsItNames() {
    for (int number = 0; number < 40; number++) {
      var category = RandomCategory.number(number);
      var metrics = of(category, category.masks());
      float[] scores = category.imageScores();
      boolean[] labels = category.labels();
      var pixel =
          PixelMetrics.of(category.maps(), category.masks(), category.width(), category.height());
      assertEquals(
          new AnomalyMetrics(
              labels.length,
              Labels.count(labels, true),
              OptionalDouble.of(Auroc.of(scores, labels)),
              OptionalDouble.of(AveragePrecision.of(scores, labels)),
              OptionalDouble.of(F1Max.of(scores, labels).f1()),
              OptionalDouble.of(F1Max.of(scores, labels).threshold()),
              labels.length,
              pixel.regions(),
              OptionalDouble.of(pixel.auroc()),
              OptionalDouble.of(pixel.averagePrecision()),
              OptionalDouble.of(pixel.f1Max().f1()),
              OptionalDouble.of(pixel.f1Max().threshold()),
              OptionalDouble.of(pixel.aupro()),
              OptionalDouble.of(Aupro.of(category.ranking(), 0.05)),
              aupimo(category)),
          metrics);
    }
  }

  private static OptionalDouble aupimo(RandomCategory category) {
    var normal = category.maps(false);
    return normal.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Aupimo.of(normal, category.maps(true), category.defectMasks()));
  }

  @Test
  void aDefectiveImageWithABlankMaskIsNoNormalImage() {
    float[] map = {1, 2, 3, 4};
    byte[] defect = {0, 0, 0, 1};
    var metrics =
        AnomalyMetrics.of(
            new float[] {4, 4},
            new boolean[] {true, true},
            List.of(map, map),
            List.<byte[]>of(defect, new byte[4]),
            2,
            2);
    assertTrue(metrics.pixelAuroc().isPresent());
    assertAbsent(metrics.aupimo());
  }

  private static AnomalyMetrics of(RandomCategory category, List<byte[]> masks) {
    return AnomalyMetrics.of(
        category.imageScores(),
        category.labels(),
        category.maps(),
        masks,
        category.width(),
        category.height());
  }

  @Test
  void aCategoryWithoutDefectiveImagesHasNoFigures() {
    float[] map = {1, 2, 3, 4};
    var metrics =
        AnomalyMetrics.of(
            new float[] {4, 4},
            new boolean[2],
            List.of(map, map),
            List.<byte[]>of(new byte[4], new byte[4]),
            2,
            2);
    assertEquals(2, metrics.images());
    assertEquals(0, metrics.defectiveImages());
    assertEquals(2, metrics.pixelImages());
    assertAbsent(metrics.imageAuroc(), metrics.imageAp(), metrics.imageF1Max());
    assertAbsent(metrics.imageF1Threshold(), metrics.pixelF1Threshold());
    assertAbsent(metrics.pixelAuroc(), metrics.pixelAp(), metrics.pixelF1Max(), metrics.aupro());
    assertAbsent(metrics.strictAupro(), metrics.aupimo());
  }

  @Test
  void aCategoryOfDefectiveImagesAloneHasPixelFiguresOnly() {
    float[] map = {1, 2, 3, 4};
    byte[] mask = {0, 0, 0, 1};
    var metrics =
        AnomalyMetrics.of(
            new float[] {4}, new boolean[] {true}, List.of(map), List.<byte[]>of(mask), 2, 2);
    assertAbsent(metrics.imageAuroc(), metrics.imageAp(), metrics.imageF1Max());
    assertEquals(OptionalDouble.of(1), metrics.pixelAuroc());
    assertEquals(1, metrics.regions());
  }

  @Test
  void withoutMapsThereAreImageFiguresOnly() {
    var metrics =
        AnomalyMetrics.of(
            new float[] {1, 2}, new boolean[] {false, true}, List.of(), List.of(), 2, 2);
    assertEquals(OptionalDouble.of(1), metrics.imageAuroc());
    assertEquals(0, metrics.pixelImages());
    assertAbsent(metrics.pixelAuroc(), metrics.aupro());
  }

  @Test
  void aDefectiveImageWithoutMaskIsLeftOutOfThePixels() {
    int withSeveral = 0;
    for (int number = 0; number < 40; number++) {
      var category = RandomCategory.number(number);
      int last = category.defective().lastIndexOf(true);
      if (last == 0) {
        continue; // the only defective image
      }
      withSeveral++;
      var masks = new ArrayList<byte[]>(category.masks());
      masks.set(last, null);
      var metrics = of(category, masks);
      var maps = new ArrayList<>(category.maps());
      maps.remove(last);
      masks.remove(last);
      var rest = PixelMetrics.of(maps, masks, category.width(), category.height());
      assertEquals(maps.size(), metrics.pixelImages());
      assertEquals(OptionalDouble.of(rest.auroc()), metrics.pixelAuroc());
      assertEquals(OptionalDouble.of(rest.aupro()), metrics.aupro());
      assertEquals(of(category, category.masks()).imageAuroc(), metrics.imageAuroc());
    }
    assertTrue(withSeveral > 10);
  }

  @Test
  void withoutAnyMaskTheImageFiguresStay() {
    var category = RandomCategory.number(5);
    var masks = new ArrayList<byte[]>();
    for (int image = 0; image < category.maps().size(); image++) {
      masks.add(null);
    }
    var metrics = of(category, masks);
    assertEquals(of(category, category.masks()).imageAuroc(), metrics.imageAuroc());
    assertAbsent(metrics.pixelAuroc(), metrics.pixelAp(), metrics.pixelF1Max(), metrics.aupro());
    assertAbsent(metrics.strictAupro(), metrics.aupimo());
  }

  @Test
  void contradictionsAreRefused() {
    float[] map = {1, 2, 3, 4};
    byte[] mask = {0, 0, 0, 1};
    var marked =
        Refusal.of(
            () ->
                AnomalyMetrics.of(
                    new float[] {4}, new boolean[1], List.of(map), List.<byte[]>of(mask), 2, 2));
    assertTrue(marked.contains("image 0 is labelled normal"), marked);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            AnomalyMetrics.of(
                new float[] {4, 5}, new boolean[2], List.of(map), List.<byte[]>of(mask), 2, 2));
  }

  private static void assertAbsent(OptionalDouble... metrics) {
    for (var metric : metrics) {
      assertTrue(metric.isEmpty());
    }
  }
}
