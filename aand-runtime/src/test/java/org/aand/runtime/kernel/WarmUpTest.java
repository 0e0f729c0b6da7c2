package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final long MILLI = 1_000_000;

  /** Of a clock that a look takes a millisecond of, and whose numbers turn negative on the way. */
  @Test
  void stopsInTime() {
    var begun = Long.MAX_VALUE - 50 * MILLI;
    var clock = new AtomicLong(begun);
    WarmUp.run(100, () -> clock.getAndAdd(MILLI));
    long looks = (clock.get() - begun) / MILLI;
    // Far fewer than the calls that a loop needs to be taken for compiled, of all loops together.
    assertTrue(looks > 100 && looks < 150, looks + " looks");
  }

  @Test
  void doesNothingWithoutTime() {
    var looks = new AtomicLong();
    WarmUp.run(0, looks::incrementAndGet);
    assertEquals(2, looks.get());
  }
}
