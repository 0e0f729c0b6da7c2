package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** Confidence intervals of an AUROC and of a mean over seeds. */
class IntervalsTest {
  @Test
  void delongsVarianceIsThatOfThePlacements() {
    for (int number = 0; number < 100; number++) {
      var category = RandomCategory.number(number);
      float[] scores = category.pixels();
      boolean[] labels = category.pixelLabels();
      if (Labels.count(labels, true) < 2) {
        continue;
      }
      var interval = AurocInterval.of(scores, labels, 0.95);
      double auroc = NaiveMetrics.auroc(scores, labels);
      assertEquals(auroc, interval.auroc(), 1e-12);
      double variance =
          placementVariance(scores, labels, true, auroc)
              + placementVariance(scores, labels, false, auroc);
      assertEquals(Math.sqrt(variance), interval.standardError(), 1e-12);
      double reach = 1.959963984540054 * Math.sqrt(variance);
      assertEquals(Math.max(0, auroc - reach), interval.lower(), 1e-9);
      assertEquals(Math.min(1, auroc + reach), interval.upper(), 1e-9);
    }
  }

  private static double placementVariance(
      float[] scores, boolean[] labels, boolean label, double auroc) {
    int items = Labels.count(labels, label);
    int others = labels.length - items;
    double squares = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] != label) {
        continue;
      }
      double won = 0;
      for (int j = 0; j < scores.length; j++) {
        if (labels[j] != label) {
          float defective = label ? scores[i] : scores[j];
          float normal = label ? scores[j] : scores[i];
          won += defective > normal ? 1 : defective == normal ? 0.5 : 0;
        }
      }
      double off = won / others - auroc;
      squares += off * off;
    }
    return squares / (items - 1) / items;
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    // two normal distributions 1 apart: the true AUROC is Phi(1 / sqrt 2)
    double truth = 0.7602499389065233;
    int held = 0;
    int rounds = 1000;
    for (int round = 0; round < rounds; round++) {
      var random = new RandomStreams(11).stream("coverage", round);
      float[] scores = new float[100];
      boolean[] labels = new boolean[100];
      for (int i = 0; i < scores.length; i++) {
        labels[i] = i % 2 == 0;
        scores[i] = (float) (random.nextGaussian() + (labels[i] ? 1 : 0));
      }
      var interval = AurocInterval.of(scores, labels, 0.9);
      held += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
    }
    // four standard deviations of a binomial with p = 0.9
    assertEquals(0.9, (double) held / rounds, 4 * Math.sqrt(0.9 * 0.1 / rounds));
  }

  @Test
  void aPerfectRankingHasAPointForAnInterval() {
    var interval =
        AurocInterval.of(new float[] {1, 2, 3, 4}, new boolean[] {false, false, true, true}, 0.95);
    assertEquals(new AurocInterval.Result(1, 0, 1, 1, 0.95), interval);
  }

  @Test
  void anAurocIntervalNeedsTwoOfEachClass() {
    float[] scores = {1, 2, 3};
    var message =
        Refusal.of(() -> AurocInterval.of(scores, new boolean[] {false, false, true}, 0.95));
    assertTrue(message.contains("1 defective and 2 normal"), message);
    assertThrows(
        IllegalArgumentException.class, () -> AurocInterval.of(scores, new boolean[3], 0.95));
    for (double confidence : new double[] {0, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              AurocInterval.of(
                  new float[] {1, 2, 3, 4}, new boolean[] {false, false, true, true}, confidence));
    }
  }

  @Test
  void theMeanOverSeedsHasStudentsInterval() {
    // by the table: t at 0.975 with 2 degrees of freedom is 4.302653
    var interval = MeanInterval.of(new double[] {0.97, 0.98, 0.99}, 0.95);
    assertEquals(3, interval.runs());
    assertEquals(0.98, interval.mean(), 1e-15);
    assertEquals(0.01, interval.standardDeviation().orElseThrow(), 1e-15);
    assertEquals(0.98 - 4.302653 * 0.01 / Math.sqrt(3), interval.lower().orElseThrow(), 1e-7);
    assertEquals(0.98 + 4.302653 * 0.01 / Math.sqrt(3), interval.upper().orElseThrow(), 1e-7);
  }

  @Test
  void oneSeedHasAMeanAndNoSpread() {
    var interval = MeanInterval.of(new double[] {0.9}, 0.95);
    assertEquals(0.9, interval.mean(), 0);
    assertTrue(interval.standardDeviation().isEmpty());
    assertTrue(interval.lower().isEmpty() && interval.upper().isEmpty());
  }

  @Test
  void equalSeedsHaveNoSpread() {
    var interval = MeanInterval.of(new double[] {0.5, 0.5}, 0.95);
    assertEquals(0, interval.standardDeviation().orElseThrow(), 0);
    assertEquals(0.5, interval.lower().orElseThrow(), 0);
  }

  @Test
  void noSeedsOrNoNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(new double[0], 0.95));
    assertThrows(
        IllegalArgumentException.class, () -> MeanInterval.of(new double[] {1, Double.NaN}, 0.95));
    assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(new double[] {1, 2}, 1.5));
  }
}
