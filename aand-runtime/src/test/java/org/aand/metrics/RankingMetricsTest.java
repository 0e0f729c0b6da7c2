package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** AUROC, average precision and F1-max against their definitions, and what must not change them. */
class RankingMetricsTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void agreeWithTheirDefinitionsOnImagesAndOnPixels() {
    for (int number = 0; number < 150; number++) {
      var category = RandomCategory.number(number);
      checkAgainstDefinitions(category.imageScores(), category.labels());
      checkAgainstDefinitions(category.pixels(), category.pixelLabels());
    }
  }

  private static void checkAgainstDefinitions(float[] scores, boolean[] labels) {
    assertEquals(NaiveMetrics.auroc(scores, labels), Auroc.of(scores, labels), ROUNDING);
    assertEquals(
        NaiveMetrics.averagePrecision(scores, labels),
        AveragePrecision.of(scores, labels),
        ROUNDING);
    var best = F1Max.of(scores, labels);
    assertEquals(NaiveMetrics.f1Max(scores, labels), best.f1(), ROUNDING);
    assertEquals(NaiveMetrics.f1(scores, labels, best.threshold()), best.f1(), ROUNDING);
    double defective = NaiveMetrics.count(scores, labels, true, Double.NEGATIVE_INFINITY);
    double normal = NaiveMetrics.count(scores, labels, false, Double.NEGATIVE_INFINITY);
    double found = NaiveMetrics.count(scores, labels, true, best.threshold());
    double wrong = NaiveMetrics.count(scores, labels, false, best.threshold());
    double strictlyAbove = NaiveMetrics.count(scores, labels, false, Math.nextUp(best.threshold()));
    assertEquals(found / (found + wrong), best.precision(), ROUNDING);
    assertEquals(found / defective, best.recall(), ROUNDING);
    assertEquals(1 - found / defective, best.falseNegativeRate(), ROUNDING);
    assertEquals(strictlyAbove / normal, best.falsePositiveRate(), ROUNDING);
  }

  @Test
  void onlyTheOrderOfTheScoresMatters() {
    for (int number = 0; number < 60; number++) {
      var category = RandomCategory.number(number);
      float[] scores = category.pixels();
      boolean[] labels = category.pixelLabels();
      var random = new RandomStreams(5).stream("monotone", number);
      float scale = 1 << random.nextInt(1, 8); // a power of two keeps floats apart and ties tied
      float[] scaled = new float[scores.length];
      for (int i = 0; i < scores.length; i++) {
        scaled[i] = scores[i] * scale;
      }
      assertEquals(Auroc.of(scores, labels), Auroc.of(scaled, labels), 0);
      assertEquals(AveragePrecision.of(scores, labels), AveragePrecision.of(scaled, labels), 0);
      assertEquals(F1Max.of(scores, labels).f1(), F1Max.of(scaled, labels).f1(), 0);
      assertEquals(
          F1Max.of(scores, labels).threshold() * scale, F1Max.of(scaled, labels).threshold(), 0);
    }
  }

  @Test
  void theOrderOfTheItemsDoesNotMatter() {
    for (int number = 0; number < 60; number++) {
      var category = RandomCategory.number(number);
      float[] scores = category.pixels();
      boolean[] labels = category.pixelLabels();
      var expected = Ranking.of(scores, labels);
      var random = new RandomStreams(6).stream("shuffle", number);
      for (int i = scores.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        float score = scores[i];
        scores[i] = scores[j];
        scores[j] = score;
        boolean label = labels[i];
        labels[i] = labels[j];
        labels[j] = label;
      }
      var shuffled = Ranking.of(scores, labels);
      assertEquals(Auroc.of(expected), Auroc.of(shuffled), 0);
      assertEquals(AveragePrecision.of(expected), AveragePrecision.of(shuffled), 0);
      assertEquals(F1Max.of(expected), F1Max.of(shuffled));
    }
  }

  @Test
  void turningScoresRoundTurnsTheAurocRound() {
    for (int number = 0; number < 60; number++) {
      var category = RandomCategory.number(number);
      float[] scores = category.pixels();
      boolean[] labels = category.pixelLabels();
      double auroc = Auroc.of(scores, labels);
      for (int i = 0; i < scores.length; i++) {
        scores[i] = -scores[i];
      }
      assertEquals(1 - auroc, Auroc.of(scores, labels), 1e-15);
    }
  }

  @Test
  void perfectScoresReachOneInAll() {
    float[] scores = {0.1f, 0.7f, 0.2f, 0.9f};
    boolean[] labels = {false, true, false, true};
    assertEquals(1, Auroc.of(scores, labels), 0);
    assertEquals(1, AveragePrecision.of(scores, labels), 0);
    assertEquals(new F1Max.Result(1, 0.7f, 1, 1, 0, 0), F1Max.of(scores, labels));
  }

  @Test
  void invertedScoresReachTheWorst() {
    float[] scores = {0.9f, 0.1f, 0.8f, 0.2f};
    boolean[] labels = {false, true, false, true};
    assertEquals(0, Auroc.of(scores, labels), 0);
    assertEquals((1.0 / 3 + 2.0 / 4) / 2, AveragePrecision.of(scores, labels), 1e-15);
    // calling everything defective is the best that is left
    assertEquals(0.1f, F1Max.of(scores, labels).threshold(), 0);
    assertEquals(2.0 / 3, F1Max.of(scores, labels).f1(), 1e-15);
  }

  @Test
  void aConstantScoreKnowsNothing() {
    float[] scores = {0.0f, -0.0f, 0.0f, -0.0f, 0.0f};
    boolean[] labels = {true, false, false, true, false};
    assertEquals(0.5, Auroc.of(scores, labels), 0);
    assertEquals(0.4, AveragePrecision.of(scores, labels), 1e-15);
    assertEquals(2 * 0.4 / 1.4, F1Max.of(scores, labels).f1(), 1e-15);
  }

  @Test
  void ofThresholdsWithTheSameF1TheLowestWins() {
    // at 4: P 1, R 1/2; at 1: P 1/2, R 1; both F1 2/3 in doubles, and nothing better between
    float[] scores = {4, 3, 2, 1};
    boolean[] labels = {true, false, false, true};
    var best = F1Max.of(scores, labels);
    assertEquals(1, best.threshold(), 0);
    assertEquals(2.0 / 3, best.f1(), 1e-15);
  }

  @Test
  void infiniteScoresAreRanked() {
    float[] scores = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0};
    boolean[] labels = {false, true, false};
    assertEquals(1, Auroc.of(scores, labels), 0);
    assertEquals(Float.POSITIVE_INFINITY, F1Max.of(scores, labels).threshold(), 0);
  }

  @Test
  void saysWhatIsMissingOrWrong() {
    float[] scores = {1, 2};
    boolean[] allDefective = {true, true};
    boolean[] allNormal = {false, false};
    for (boolean[] labels : new boolean[][] {allDefective, allNormal}) {
      assertThrows(IllegalArgumentException.class, () -> Auroc.of(scores, labels));
      assertThrows(IllegalArgumentException.class, () -> AveragePrecision.of(scores, labels));
      assertThrows(IllegalArgumentException.class, () -> F1Max.of(scores, labels));
    }
    var message = Refusal.of(() -> Auroc.of(scores, allNormal));
    assertTrue(message.contains("0 defective and 2 normal"), message);
    var nan = Refusal.of(() -> Auroc.of(new float[] {1, Float.NaN}, new boolean[] {true, false}));
    assertTrue(nan.contains("item 1 is NaN"), nan);
    assertThrows(IllegalArgumentException.class, () -> Auroc.of(scores, new boolean[3]));
  }
}
