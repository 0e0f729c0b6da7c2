package org.aand.benchmarks;

import java.util.Collection;
import java.util.List;
import org.aand.common.machine.ProcessMemory;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The largest resident memory of the benchmark's process so far, in MB (10^6 bytes), as {@code
 * rss.peak}; nothing where the system does not tell.
 */
public final class ResidentMemory implements InternalProfiler {
  @Override
  public String getDescription() {
    return "Peak resident memory of the forked process";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    var peak = ProcessMemory.peakResidentBytes();
    return peak.isEmpty()
        ? List.of()
        : List.of(
            new ScalarResult("rss.peak", peak.getAsLong() / 1e6, "MB", AggregationPolicy.MAX));
  }
}
