package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StepScheduleTest {
  private final StepSchedule schedule = new StepSchedule(1, 0.1);

  @Test
  void dropsAfterEightAndNineTenths() {
    assertEquals(1, schedule.rate(79, 100));
    assertEquals(0.1, schedule.rate(80, 100));
    assertEquals(0.1, schedule.rate(89, 100));
    assertEquals(0.01, schedule.rate(90, 100), 1e-15);
  }

  @Test
  void aSingleEpochIsTrainedAtOneDropAtMost() {
    // floor(0.8) = floor(0.9) = 0: both drops are one
    assertEquals(0.1, schedule.rate(0, 1));
  }

  @Test
  void neverRisesWhateverTheNumberOfEpochs() {
    for (int epochs = 1; epochs < 300; epochs++) {
      for (int epoch = 1; epoch < epochs; epoch++) {
        assertTrue(schedule.rate(epoch, epochs) <= schedule.rate(epoch - 1, epochs));
      }
    }
  }

  @Test
  void refusesRatesThatAreNotPositive() {
    assertThrows(IllegalArgumentException.class, () -> new StepSchedule(0, 0.2));
    assertThrows(IllegalArgumentException.class, () -> new StepSchedule(0.005, Double.NaN));
  }
}
