package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** The thinned curves keep their area, their ends and their direction. */
class CurvesTest {
  @Test
  void thinningMovesTheAreaByLessThanTheBound() {
    for (int number = 0; number < 100; number++) {
      var category = RandomCategory.number(number);
      var ranking = category.ranking();
      for (double bound : new double[] {0.2, 0.05, 0.01, 0.0005}) {
        var roc = RocCurve.of(ranking.ranking(), bound);
        checkShape(roc.falsePositiveRate(), roc.truePositiveRate(), bound);
        assertEquals(
            Auroc.of(ranking.ranking()),
            area(roc.falsePositiveRate(), roc.truePositiveRate()),
            bound);
        var pro = ProCurve.of(ranking, bound);
        checkShape(pro.falsePositiveRate(), pro.overlap(), bound);
        assertEquals(Aupro.of(ranking, 1), area(pro.falsePositiveRate(), pro.overlap()), bound);
      }
    }
  }

  @Test
  void aFineBoundKeepsTheAreaExactly() {
    for (int number = 0; number < 50; number++) {
      var ranking = RandomCategory.number(number).ranking();
      var roc = RocCurve.of(ranking.ranking(), 1e-9);
      assertEquals(
          Auroc.of(ranking.ranking()),
          area(roc.falsePositiveRate(), roc.truePositiveRate()),
          1e-12);
    }
  }

  @Test
  void manyItemsBecomeFewPoints() {
    var random = new RandomStreams(9).stream("many");
    float[] scores = new float[100_000];
    boolean[] labels = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      labels[i] = random.nextBoolean();
      scores[i] = (float) (random.nextGaussian() + (labels[i] ? 1 : 0));
    }
    var ranking = Ranking.of(scores, labels);
    double bound = 0.001;
    var roc = RocCurve.of(ranking, bound);
    int points = roc.falsePositiveRate().length;
    assertTrue(points > 100 && points <= 2 / bound + 3, points + " points");
    assertEquals(Auroc.of(ranking), area(roc.falsePositiveRate(), roc.truePositiveRate()), bound);
  }

  @Test
  void aBoundMustBeAboveZero() {
    var ranking = RandomCategory.number(0).ranking();
    assertThrows(IllegalArgumentException.class, () -> RocCurve.of(ranking.ranking(), 0));
    assertThrows(IllegalArgumentException.class, () -> ProCurve.of(ranking, Double.NaN));
  }

  private static void checkShape(double[] x, double[] y, double bound) {
    assertEquals(x.length, y.length);
    assertTrue(x.length <= 2 / bound + 3, x.length + " points");
    assertEquals(0, x[0], 0);
    assertEquals(0, y[0], 0);
    assertEquals(1, x[x.length - 1], 0);
    assertEquals(1, y[y.length - 1], 1e-12);
    for (int i = 1; i < x.length; i++) {
      assertTrue(x[i] >= x[i - 1] && y[i] >= y[i - 1]);
    }
  }

  private static double area(double[] x, double[] y) {
    double area = 0;
    for (int i = 1; i < x.length; i++) {
      area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
    }
    return area;
  }
}
