package org.aand.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.aand.report.ScoredImage;
import org.aand.report.chart.RocPlot.Point;
import org.junit.jupiter.api.Test;

class RocPlotTest {
  private static ScoredImage good(double score) {
    return new ScoredImage("g" + score, "good", false, score);
  }

  private static ScoredImage defective(double score) {
    return new ScoredImage("d" + score, "scratch", true, score);
  }

  @Test
  void equalScoresAreFlaggedTogether() {
    var roc = RocPlot.of(List.of(good(1), defective(2), good(2), defective(3), good(0)));
    assertEquals(
        List.of(new Point(3, 0, 1), new Point(2, 1, 2), new Point(1, 2, 2), new Point(0, 3, 2)),
        roc.points());
    assertEquals(3, roc.normal());
    assertEquals(2, roc.defective());
  }

  @Test
  void theBestF1OfSeparatedScoresIsTheLowestDefectiveScore() {
    var roc = RocPlot.of(List.of(good(0.1), good(0.2), defective(0.6), defective(0.9)));
    assertEquals(new Point(0.6, 0, 2), roc.bestF1());
  }

  @Test
  void noThresholdHasABetterF1ThanTheBest() {
    var random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(11);
    for (int round = 0; round < 200; round++) {
      var scores = new ArrayList<ScoredImage>();
      scores.add(defective(random.nextInt(8)));
      for (int i = 0; i < 20; i++) {
        double score = random.nextInt(8);
        scores.add(random.nextBoolean() ? good(score) : defective(score + random.nextInt(3)));
      }
      double best = 0;
      double bestThreshold = 0;
      for (double threshold = 10; threshold >= 0; threshold--) {
        int hits = 0;
        int falseAlarms = 0;
        int misses = 0;
        for (ScoredImage score : scores) {
          boolean flagged = score.score() >= threshold;
          hits += flagged && score.defective() ? 1 : 0;
          falseAlarms += flagged && !score.defective() ? 1 : 0;
          misses += !flagged && score.defective() ? 1 : 0;
        }
        double f1 = 2.0 * hits / (2 * hits + falseAlarms + misses);
        if (f1 > best) {
          best = f1;
          bestThreshold = threshold;
        }
      }
      assertEquals(bestThreshold, RocPlot.of(scores).bestF1().threshold());
    }
  }

  @Test
  void theOrderOfTheImagesDoesNotMatter() {
    var scores = new ArrayList<>(List.of(good(1), defective(1), good(2), defective(4), good(4)));
    var expected = RocPlot.of(scores);
    Collections.reverse(scores);
    assertEquals(expected, RocPlot.of(scores));
  }

  @Test
  void oneClassAloneHasNoCurve() {
    assertFalse(RocPlot.of(List.of()).hasBothClasses());
    assertFalse(RocPlot.of(List.of(defective(1))).hasBothClasses());
    var onlyGood = RocPlot.of(List.of(good(1)));
    assertFalse(onlyGood.hasBothClasses());
    assertThrows(IllegalStateException.class, onlyGood::bestF1);
  }
}
