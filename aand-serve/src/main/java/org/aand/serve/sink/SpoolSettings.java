package org.aand.serve.sink;

import java.time.Duration;

/**
 * How results wait for another machine.
 *
 * @param maxBytes that wait at most; beyond, the oldest are dropped
 * @param firstPause after a failed attempt; twice as long after each further one
 * @param longestPause between attempts
 * @param farewell how long {@link SpooledSink#close} may take to deliver what waits, if the other
 *     side is there
 */
public record SpoolSettings(
    long maxBytes, Duration firstPause, Duration longestPause, Duration farewell) {
  /** 256 MiB, pauses of 1 s to 1 min, and 5 s at the end. */
  public static SpoolSettings defaults() {
    return new SpoolSettings(
        256L << 20, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public SpoolSettings {
    if (maxBytes < 1 << 16) {
      throw new IllegalArgumentException("a spool has at least 64 KiB, not " + maxBytes);
    }
    if (firstPause.isNegative() || firstPause.isZero() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException("pauses of " + firstPause + " to " + longestPause);
    }
  }

  /** The same with another size. */
  public SpoolSettings upTo(long bytes) {
    return new SpoolSettings(bytes, firstPause, longestPause, farewell);
  }
}
