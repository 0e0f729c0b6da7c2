package org.aand.common.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 10).boxed().toList();

  @Test
  void noItemComesTwiceAndOneSeedGivesOneDraw() {
    for (int seed = 0; seed < 50; seed++) {
      var drawn = Draws.withoutReplacement(ITEMS, 4, new RandomStreams(seed).stream("draw"));
      assertEquals(4, new HashSet<>(drawn).size());
      assertTrue(ITEMS.containsAll(drawn));
      assertEquals(
          drawn, Draws.withoutReplacement(ITEMS, 4, new RandomStreams(seed).stream("draw")));
    }
  }

  @Test
  void everyItemIsAsLikelyAsAnother() {
    int[] counts = new int[ITEMS.size()];
    var random = new RandomStreams(3).stream("draw");
    for (int i = 0; i < 10_000; i++) {
      Draws.withoutReplacement(ITEMS, 3, random).forEach(item -> counts[item]++);
    }
    // 3,000 expected; five deviations of a binomial.
    for (int count : counts) {
      assertEquals(3000, count, 5 * Math.sqrt(10_000 * 0.3 * 0.7));
    }
  }

  @Test
  void allIsAShuffleAndMoreIsRefused() {
    var random = new RandomStreams(1).stream("draw");
    assertEquals(new HashSet<>(ITEMS), new HashSet<>(Draws.withoutReplacement(ITEMS, 10, random)));
    assertThrows(IllegalArgumentException.class, () -> Draws.withoutReplacement(ITEMS, 11, random));
  }

  @Test
  void evenlyKeepsTheOrderAndTakesAllWhereThereAreFewer() {
    assertEquals(List.of(0, 2, 5, 7), Draws.evenly(ITEMS, 4));
    assertEquals(ITEMS, Draws.evenly(ITEMS, 10));
    assertEquals(ITEMS, Draws.evenly(ITEMS, 99));
    assertEquals(List.of(), Draws.evenly(List.of(), 3));
  }
}
