package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuidedTasksTest {
  private final GuidedTasks tasks = new GuidedTasks();

  private int[] sizes(int units, int most, int least, int threads) {
    return IntStream.range(0, tasks.divide(units, most, least, threads))
        .map(i -> tasks.end(i) - tasks.begin(i))
        .toArray();
  }

  @Test
  void everyShareEndsWithSmallTasks() {
    assertArrayEquals(new int[] {8, 4, 2, 2, 8, 4, 2, 2}, sizes(32, 32, 2, 2));
    assertArrayEquals(new int[] {8, 8, 4, 2, 1, 1, 8, 8, 4, 2, 1, 1}, sizes(48, 8, 1, 2));
    assertArrayEquals(new int[] {1, 1, 1, 2}, sizes(5, 32, 2, 4));
  }

  @Test
  void oneThreadHasNothingToShare() {
    assertArrayEquals(new int[] {32}, sizes(32, 32, 2, 1));
    assertArrayEquals(new int[] {8, 8, 4}, sizes(20, 8, 2, 1));
  }

  @Test
  void everyUnitIsInOneTask() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      int units = 1 + random.nextInt(300);
      int most = 1 + random.nextInt(40);
      int least = 1 + random.nextInt(most);
      int threads = 1 + random.nextInt(9);
      int count = tasks.divide(units, most, least, threads);
      assertEquals(0, count % threads);
      int next = 0;
      for (int i = 0; i < count; i++) {
        assertEquals(next, tasks.begin(i));
        next = tasks.end(i);
        assertTrue(next - tasks.begin(i) <= most, units + " " + most + " " + least);
      }
      assertEquals(units, next);
    }
  }
}
