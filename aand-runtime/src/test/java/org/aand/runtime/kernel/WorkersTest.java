package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void runsEveryPartOnce() throws InterruptedException {
    for (int threads = 1; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int round = 0; round < 2000; round++) {
          int count = round % 23;
          AtomicIntegerArray seen = new AtomicIntegerArray(count);
          workers.run(count, (i, s) -> seen.incrementAndGet(i));
          for (int i = 0; i < count; i++) {
            assertEquals(1, seen.get(i));
          }
          if (round % 500 == 0) {
            Thread.sleep(2);
          }
        }
      }
    }
  }

  @Test
  void failureReachesTheCallerAndTheNextCallWorks() {
    Workers workers = new Workers(2);
    for (int round = 0; round < 100; round++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              workers.run(
                  10,
                  (i, s) -> {
                    if (i == 7) {
                      throw new IllegalStateException("seven");
                    }
                  }));
      workers.run(10, (i, s) -> {});
    }
    workers.close();
    assertThrows(IllegalStateException.class, () -> workers.run(1, (i, s) -> {}));
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
  }
}
