package org.aand.benchmarks;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Two ways of doing the same, in turn in one process. On a machine that others use too, what slows
 * it down for a while slows both, so that the ratio of neighbouring times says more than times that
 * are taken minutes apart.
 */
final class InTurn {
  private static final int WARM_UP_ROUNDS = 8;
  private static final int CALLS = 4;

  private final int rounds;
  private final int imagesOfCall;

  /**
   * A comparison.
   *
   * @param rounds in each of which both ways are timed
   * @param imagesOfCall by which the time of a call is divided
   */
  InTurn(int rounds, int imagesOfCall) {
    this.rounds = rounds;
    this.imagesOfCall = imagesOfCall;
  }

  /** A way, and what it is called. */
  record Way(String name, Runnable call) {}

  /** Prints the median times an image and the ratios. */
  void compare(Way one, Way other) {
    double[] ones = new double[rounds];
    double[] others = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      // Each goes first in every other round.
      boolean first = round % 2 == 0;
      double earlier = millis(first ? one : other);
      double later = millis(first ? other : one);
      if (round >= 0) {
        ones[round] = first ? earlier : later;
        others[round] = first ? later : earlier;
        ratios[round] = ones[round] / others[round];
      }
    }
    print(one.name(), ones, "ms");
    print(other.name(), others, "ms");
    print(one.name() + " / " + other.name(), ratios, "");
  }

  /** The first call, which wakes threads and fills the caches again, does not count. */
  private double millis(Way way) {
    way.call().run();
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      way.call().run();
    }
    return (System.nanoTime() - start) / 1e6 / CALLS / imagesOfCall;
  }

  private static void print(String what, double[] values, String unit) {
    var statistics = new DescriptiveStatistics(values);
    System.out.printf(
        Locale.ROOT,
        "%-23s median %8.3f %s, quartiles %.3f and %.3f, least %.3f, most %.3f%n",
        what,
        statistics.getPercentile(50),
        unit,
        statistics.getPercentile(25),
        statistics.getPercentile(75),
        statistics.getMin(),
        statistics.getMax());
  }
}
