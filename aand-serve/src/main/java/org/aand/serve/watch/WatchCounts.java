package org.aand.serve.watch;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.aand.api.Verdict;
import org.aand.serve.sink.ResultRecord;

/** What a watch has done since it was started. Safe to use from many threads. */
final class WatchCounts {
  private final Map<Verdict, Long> byVerdict = new EnumMap<>(Verdict.class);
  private long unusable;

  synchronized void count(ResultRecord result) {
    result
        .verdict()
        .ifPresentOrElse(verdict -> byVerdict.merge(verdict, 1L, Long::sum), () -> unusable++);
  }

  synchronized long images() {
    return unusable + byVerdict.values().stream().mapToLong(n -> n).sum();
  }

  /** As part of a status line. */
  @Override
  public synchronized String toString() {
    long undecided = byVerdict.getOrDefault(Verdict.UNDECIDED, 0L);
    return String.format(
            Locale.ROOT,
            "%d anomalous, %d normal",
            byVerdict.getOrDefault(Verdict.ANOMALOUS, 0L),
            byVerdict.getOrDefault(Verdict.NORMAL, 0L))
        + (undecided == 0 ? "" : ", " + undecided + " undecided")
        + (unusable == 0 ? "" : ", " + unusable + " not usable");
  }
}
