package org.aand.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * What one needs to know to repeat a run or to doubt it.
 *
 * @param seed the one seed of all random streams
 * @param versions version by component ("aand", "nd4j", ...), in the order to show them
 * @param backend the array backend that computed, such as "nd4j-native, OpenBLAS"
 * @param hardware processor and memory in one line
 * @param os operating system and its version
 * @param java the Java runtime
 * @param threads the number of compute threads
 * @param command the command line as it was given
 * @param dataHashes hash by name of the data it covers ("train", "test", ...)
 * @param startedAt when the run began
 * @param finishedAt when it ended, not before it began
 */
public record Provenance(
    long seed,
    Map<String, String> versions,
    String backend,
    String hardware,
    String os,
    String java,
    int threads,
    String command,
    Map<String, String> dataHashes,
    Instant startedAt,
    Instant finishedAt) {
  /**
   * @throws NullPointerException if something is missing
   * @throws IllegalArgumentException if the run ended before it began
   */
  public Provenance {
    versions = Values.ordered(versions, "provenance.versions");
    requireNonNull(backend, "provenance.backend");
    requireNonNull(hardware, "provenance.hardware");
    requireNonNull(os, "provenance.os");
    requireNonNull(java, "provenance.java");
    requireNonNull(command, "provenance.command");
    dataHashes = Values.ordered(dataHashes, "provenance.dataHashes");
    requireNonNull(startedAt, "provenance.startedAt");
    requireNonNull(finishedAt, "provenance.finishedAt");
    if (finishedAt.isBefore(startedAt)) {
      throw new IllegalArgumentException("a run from " + startedAt + " to " + finishedAt);
    }
  }
}
