package org.aand.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The released code's rules of looking, choosing and stopping; epochs are counted from 0. */
class TestSetSelectionTest {
  @Test
  void theTestSetIsLookedAtAfterTheFirstAndEveryFifthEpoch() {
    assertEquals(
        List.of(0, 4, 9, 14, 19),
        IntStream.range(0, 20).filter(TestSetSelection::looksAt).boxed().toList());
  }

  @Test
  void stageTwoChoosesBySumOfAurocsFromTheTenthEpochOn() {
    assertTrue(TestSetSelection.stage2(4, 1, 1).merit().isEmpty());
    assertFalse(TestSetSelection.stage2(4, 1, 1).stop());
    assertEquals(OptionalDouble.of(1.75), TestSetSelection.stage2(9, 0.875, 0.875).merit());
    assertFalse(TestSetSelection.stage2(9, 0.999, 0.875).stop());
    assertTrue(TestSetSelection.stage2(9, 1, 0.875).stop());
  }

  @Test
  void stageOneChoosesByPrecisionAndStopsLater() {
    assertTrue(TestSetSelection.stage1(4, 1, 0.5).merit().isEmpty());
    assertEquals(OptionalDouble.of(0.5), TestSetSelection.stage1(9, 1, 0.5).merit());
    assertFalse(TestSetSelection.stage1(29, 1, 0.5).stop());
    assertTrue(TestSetSelection.stage1(34, 1, 0.5).stop());
    assertFalse(TestSetSelection.stage1(34, 0.999, 0.5).stop());
  }
}
