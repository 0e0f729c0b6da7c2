package org.aand.serve.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.aand.drift.DriftMonitor;

/**
 * How a folder is watched.
 *
 * @param folder watched, with everything below
 * @param state folder where the journal is; one watch at a time has it
 * @param move folder that images go to when they are decided, below {@code normal} and {@code
 *     anomalous}; empty if they stay
 * @param interval between listings
 * @param quiet how long a file's size and time have to stay the same before it is read
 * @param patience after this time a file that still cannot be read is reported as unusable, and one
 *     that still changes is mentioned
 * @param drift how the images are watched for drift
 */
public record WatchSettings(
    Path folder,
    Path state,
    Optional<Path> move,
    Duration interval,
    Duration quiet,
    Duration patience,
    DriftMonitor.Settings drift) {
  /**
   * @throws IllegalArgumentException if a time is out of range
   */
  public WatchSettings {
    if (interval.isNegative() || interval.isZero() || quiet.isNegative()) {
      throw new IllegalArgumentException("an interval of " + interval + ", quiet " + quiet);
    }
    if (patience.compareTo(quiet) < 0) {
      throw new IllegalArgumentException("the patience is shorter than the quiet time");
    }
  }
}
