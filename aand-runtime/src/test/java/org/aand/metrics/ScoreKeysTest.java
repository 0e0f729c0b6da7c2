package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class ScoreKeysTest {
  @Test
  void keysAreOrderedAsTheFloatsAndLeadBackToThem() {
    var random = new RandomStreams(3).stream("floats");
    for (int round = 0; round < 20_000; round++) {
      float a = Float.intBitsToFloat(random.nextInt());
      float b = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(a) || Float.isNaN(b)) {
        continue;
      }
      assertEquals(Float.compare(a, b), Integer.compare(ScoreKeys.key(a), ScoreKeys.key(b)));
      assertEquals(a, ScoreKeys.score(ScoreKeys.key(a)), 0);
    }
  }

  @Test
  void theTwoZerosAreOneScore() {
    assertEquals(ScoreKeys.key(0.0f), ScoreKeys.key(-0.0f));
  }

  @Test
  void infinitiesAreTheOutermostScores() {
    assertEquals(
        1, Integer.compare(ScoreKeys.key(Float.POSITIVE_INFINITY), ScoreKeys.key(Float.MAX_VALUE)));
    assertEquals(
        -1,
        Integer.compare(ScoreKeys.key(Float.NEGATIVE_INFINITY), ScoreKeys.key(-Float.MAX_VALUE)));
  }
}
