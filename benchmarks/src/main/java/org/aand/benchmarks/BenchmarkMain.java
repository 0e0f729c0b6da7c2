package org.aand.benchmarks;

import java.util.Arrays;
import java.util.stream.Stream;

/** JMH's command line with the report of resident memory switched on. */
public final class BenchmarkMain {
  private BenchmarkMain() {}

  /** Runs what the arguments select; {@code -h} lists them. */
  public static void main(String[] args) throws Exception {
    var profiler = Stream.of("-prof", ResidentMemory.class.getName());
    org.openjdk.jmh.Main.main(Stream.concat(profiler, Arrays.stream(args)).toArray(String[]::new));
  }
}
