package org.aand.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PackingThreadTest {
  @Test
  void runsTasksInTheirOrder() {
    var packing = new PackingThread();
    var seen = new ArrayList<Integer>();
    for (int i = 0; i < 200; i++) {
      int index = i;
      packing.add(() -> seen.add(index));
    }
    packing.finish();
    assertEquals(IntStream.range(0, 200).boxed().toList(), seen);
  }

  @Test
  void whatATaskThrowsIsThrownAndNoTaskRunsAfterIt() {
    var packing = new PackingThread();
    var e =
        assertThrows(
            OutOfMemoryError.class,
            () -> {
              packing.add(
                  () -> {
                    throw new OutOfMemoryError("no room");
                  });
              packing.add(() -> assertEquals("never", "run"));
              packing.finish();
            });
    assertEquals("no room", e.getMessage());
  }

  @Test
  void onlyLargeArraysAreLongerThanTheyHaveToBe() {
    var arrays = new RawArrays();
    float[] part = arrays.take(10_000);
    float[] large = arrays.take(400_000);
    arrays.giveBack(part);
    arrays.giveBack(large);
    assertEquals(9_000, arrays.take(9_000).length);
    assertSame(part, arrays.take(10_000));
    assertSame(large, arrays.take(300_000));
    assertNotSame(part, arrays.take(10_000));
  }
}
