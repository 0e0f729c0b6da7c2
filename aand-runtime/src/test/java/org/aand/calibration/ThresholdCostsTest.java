package org.aand.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** What thresholds cost and catch, counted by hand and by brute force. */
class ThresholdCostsTest {
  private static ThresholdCosts.Row row(double threshold, int falseAlarms, int caught) {
    return new ThresholdCosts.Row((float) threshold, falseAlarms, caught);
  }

  @Test
  void thresholdsLieBetweenNeighbouringScoresAndTheLastIsTheHighest() {
    var costs = new ThresholdCosts(List.of(1f, 3f, 3f), List.of(2f, 5f));
    assertEquals(
        List.of(row(1.5, 2, 2), row(2.5, 2, 1), row(4, 0, 1), row(5, 0, 0)), costs.rows(List.of()));
    // A score equal to the threshold is normal.
    assertEquals(
        List.of(row(1.5, 2, 2), row(2.5, 2, 1), row(3, 0, 1), row(4, 0, 1), row(5, 0, 0)),
        costs.rows(List.of(3f, 4f)));
    // F1 is 2/3 with both caught at two false alarms and with one caught at none: the lower wins.
    assertEquals(Optional.of(1.5f), costs.bestF1());
  }

  @Test
  void oneKindHasCountsOfItsOwnAndNoBestF1() {
    var normal = new ThresholdCosts(List.of(2f), List.of());
    assertEquals(List.of(row(2, 0, 0)), normal.rows(List.of()));
    assertEquals(Optional.empty(), normal.bestF1());
    var defective = new ThresholdCosts(List.of(), List.of(1f, 2f));
    assertEquals(List.of(row(1.5, 0, 1), row(2, 0, 0)), defective.rows(List.of()));
    assertEquals(Optional.empty(), defective.bestF1());
    assertThrows(IllegalArgumentException.class, () -> new ThresholdCosts(List.of(), List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new ThresholdCosts(List.of(Float.NaN), List.of()));
  }

  @Test
  void ofManyScoresFewRowsInOrderCountWhatIsAbove() {
    var random = new RandomStreams(5).stream("scores");
    for (int round = 0; round < 50; round++) {
      var normal = new ArrayList<Float>();
      var defective = new ArrayList<Float>();
      int n = 1 + (int) (random.nextDouble() * 60);
      for (int i = 0; i < n; i++) {
        float score = (float) Math.rint(random.nextDouble() * 30) / 7;
        (random.nextDouble() < 0.5 ? normal : defective).add(score);
      }
      var rows = new ThresholdCosts(normal, defective).rows(List.of(2.1f, 99f));
      assertTrue(rows.size() <= 12, rows.toString());
      float last = Float.NEGATIVE_INFINITY;
      for (var row : rows) {
        assertTrue(row.threshold() > last, rows.toString());
        last = row.threshold();
        assertEquals(normal.stream().filter(s -> s > row.threshold()).count(), row.falseAlarms());
        assertEquals(defective.stream().filter(s -> s > row.threshold()).count(), row.caught());
      }
      assertEquals(99f, last);
    }
  }
}
