package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void stopsInTime() {
    long start = System.nanoTime();
    WarmUp.run(100);
    // Generous, because other programs may keep the processor.
    assertTrue(System.nanoTime() - start < 3_000_000_000L);
  }
}
