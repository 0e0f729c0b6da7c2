package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** The pooled pixel metrics, AUPRO above all. */
class PixelMetricsTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void auproAgreesWithItsDefinitionAtAnyLimit() {
    for (int number = 0; number < 70; number++) {
      var category = RandomCategory.number(number);
      var ranking = category.ranking();
      double odd = new RandomStreams(7).stream("limit", number).nextDouble(0.01, 1);
      for (double limit : new double[] {0.05, Aupro.STANDARD_LIMIT, 1, odd}) {
        assertEquals(
            NaiveMetrics.aupro(category, limit),
            Aupro.of(ranking, limit),
            ROUNDING,
            "category " + number + ", limit " + limit);
      }
    }
  }

  @Test
  void pooledPixelsGiveTheSameFiguresAsTheItemsTheyAre() {
    for (int number = 0; number < 120; number++) {
      var category = RandomCategory.number(number);
      var result =
          PixelMetrics.of(category.maps(), category.masks(), category.width(), category.height());
      var items = Ranking.of(category.pixels(), category.pixelLabels());
      assertEquals(Auroc.of(items), result.auroc(), 0);
      assertEquals(AveragePrecision.of(items), result.averagePrecision(), 0);
      assertEquals(F1Max.of(items), result.f1Max());
      assertEquals(items.defective(), result.defectivePixels());
      assertEquals(items.normal(), result.normalPixels());
    }
  }

  @Test
  void manyBatchesCountAsOne() {
    // more pixels than one batch holds, so the normal pixels are sorted in several
    int width = 512;
    int height = 400;
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte[]>();
    for (int image = 0; image < 7; image++) {
      var random = new RandomStreams(8).stream("batch", image);
      float[] map = new float[width * height];
      byte[] mask = new byte[width * height];
      for (int i = 0; i < map.length; i++) {
        mask[i] = (byte) (random.nextInt(50) == 0 ? 1 : 0);
        map[i] = random.nextInt(3000) / 1000f + mask[i];
      }
      maps.add(map);
      masks.add(mask);
    }
    var category =
        new RandomCategory(width, height, maps, masks, Collections.nCopies(7, Boolean.TRUE));
    var items = Ranking.of(category.pixels(), category.pixelLabels());
    var pooled = category.ranking().ranking();
    assertEquals(Auroc.of(items), Auroc.of(pooled), 0);
    assertEquals(AveragePrecision.of(items), AveragePrecision.of(pooled), 0);
    assertEquals(F1Max.of(items), F1Max.of(pooled));
  }

  @Test
  void aRegionWeighsTheSameWhateverItsSize() {
    // one region of 1 pixel found at once, one of 4 never within the limit
    byte[] mask = {
      1, 0, 0, 1, 1,
      0, 0, 0, 1, 1
    };
    float[] map = {
      9, 5, 5, 0, 0,
      5, 5, 5, 0, 0
    };
    var ranking = PixelRanking.of(List.of(map), List.<byte[]>of(mask), 5, 2);
    assertEquals(2, ranking.regions());
    // straight from (0, 1/2) at the top to nothing more before rate 1
    assertEquals(0.5, Aupro.of(ranking, 0.3), 1e-15);
    assertEquals(0.5, Aupro.of(ranking, 1), 1e-15);
  }

  @Test
  void aConstantMapGivesTheDiagonal() {
    byte[] mask = {1, 0, 0, 0};
    var ranking = PixelRanking.of(List.of(new float[4]), List.<byte[]>of(mask), 2, 2);
    assertEquals(0.5, Aupro.of(ranking, 1), 1e-15);
    assertEquals(0.15, Aupro.of(ranking, 0.3), 1e-15);
  }

  @Test
  void perfectMapsReachOneAndInvertedOnesZero() {
    byte[] mask = {1, 1, 0, 0, 0, 0};
    float[] perfect = {3, 2, 1, 1, 0, 0};
    float[] inverted = {0, 0, 1, 1, 2, 3};
    var best = PixelMetrics.of(List.of(perfect), List.<byte[]>of(mask), 3, 2);
    assertEquals(1, best.auroc(), 0);
    assertEquals(1, best.aupro(), 1e-15);
    assertEquals(1, best.averagePrecision(), 0);
    assertEquals(2, best.f1Max().threshold(), 0);
    var worst = PixelMetrics.of(List.of(inverted), List.<byte[]>of(mask), 3, 2);
    assertEquals(0, worst.auroc(), 0);
    assertEquals(0, worst.aupro(), 0);
  }

  @Test
  void onlyTheOrderOfTheMapValuesMatters() {
    for (int number = 0; number < 60; number++) {
      var category = RandomCategory.number(number);
      var maps = new ArrayList<float[]>();
      for (float[] map : category.maps()) {
        float[] moved = map.clone();
        for (int i = 0; i < moved.length; i++) {
          moved[i] *= 64;
        }
        maps.add(moved);
      }
      var moved = PixelRanking.of(maps, category.masks(), category.width(), category.height());
      assertEquals(Aupro.of(category.ranking(), 0.3), Aupro.of(moved, 0.3), 0);
    }
  }

  @Test
  void anImageWithoutMaskIsAnImageWithoutDefect() {
    var category = RandomCategory.number(3);
    var masks = new ArrayList<byte[]>(category.masks());
    for (int image = 0; image < masks.size(); image++) {
      if (!category.defective().get(image)) {
        masks.set(image, null);
      }
    }
    assertTrue(masks.contains(null));
    assertEquals(
        PixelMetrics.of(category.maps(), category.masks(), category.width(), category.height()),
        PixelMetrics.of(category.maps(), masks, category.width(), category.height()));
  }

  @Test
  void nanIsRefusedWithItsPlace() {
    float[] good = new float[6];
    float[] bad = new float[6];
    bad[4] = Float.NaN;
    byte[] mask = {1, 0, 0, 0, 0, 0};
    var message =
        Refusal.of(() -> PixelRanking.of(List.of(good, bad), List.<byte[]>of(mask, mask), 3, 2));
    assertTrue(message.contains("image 1 is NaN at x=1, y=1"), message);
  }

  @Test
  void shapesAndLimitsAreChecked() {
    float[] map = new float[6];
    byte[] mask = {1, 0, 0, 0, 0, 0};
    assertThrows(
        IllegalArgumentException.class,
        () -> PixelRanking.of(List.of(map), List.<byte[]>of(mask), 4, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> PixelRanking.of(List.of(map), List.<byte[]>of(mask, mask), 3, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> PixelRanking.of(List.of(map), List.<byte[]>of(new byte[5]), 3, 2));
    var ranking = PixelRanking.of(List.of(map), List.<byte[]>of(mask), 3, 2);
    for (double limit : new double[] {0, -0.1, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Aupro.of(ranking, limit));
    }
    var withoutDefect = PixelRanking.of(List.of(map), Arrays.asList(new byte[][] {null}), 3, 2);
    assertThrows(IllegalArgumentException.class, () -> Aupro.of(withoutDefect, 0.3));
    assertThrows(IllegalArgumentException.class, () -> PixelMetrics.of(withoutDefect));
  }
}
