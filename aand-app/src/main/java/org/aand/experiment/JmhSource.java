package org.aand.experiment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the times of Table VIII come from.
 *
 * @param file JMH's JSON
 * @param engine whose times are taken; else plain Java's if the file has them, or SameDiff's
 */
public record JmhSource(Path file, Optional<Engine> engine) {
  /** An engine that the benchmark measures. */
  public enum Engine {
    /** SameDiff on ND4J, with its native libraries. */
    SAMEDIFF,
    /** Plain Java. */
    JAVA
  }
}
