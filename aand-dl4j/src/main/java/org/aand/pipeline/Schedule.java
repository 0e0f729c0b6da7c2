package org.aand.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The epochs of both stages.
 *
 * @param stage1 of stage 1; 0 where there is none
 * @param stage2 of stage 2; 0 where there is none
 */
record Schedule(int stage1, int stage2) {
  /** Of the time for epochs, where both stages have some. */
  private static final double SHARE_OF_STAGE1 = 0.25;

  /** What is not planned for: a machine is not always equally fast. */
  private static final double RESERVE = 0.05;

  /**
   * Seconds of a run.
   *
   * @param fixed besides the epochs
   * @param first of an epoch of stage 1 and its evaluation; 0 where there is none
   * @param second of an epoch of stage 2 and its evaluation; 0 where there is none
   */
  record Costs(double fixed, double first, double second) {
    /** The same without the stages that are to have no epochs. */
    Costs wanted(Schedule most) {
      return new Costs(fixed, most.stage1 > 0 ? first : 0, most.stage2 > 0 ? second : 0);
    }

    /** How long a run with so many epochs is expected to take. */
    double seconds(Schedule schedule) {
      return fixed + schedule.stage1 * first + schedule.stage2 * second;
    }

    /** So many epochs of each stage that there is. */
    Schedule each(int epochs) {
      return new Schedule(first > 0 ? epochs : 0, second > 0 ? epochs : 0);
    }

    /** The budget that a run with so many epochs needs, its reserve included. */
    Duration needs(Schedule schedule) {
      return Duration.ofMillis((long) Math.ceil(1e3 * seconds(schedule) / (1 - RESERVE)));
    }

    private boolean fit(Schedule schedule, Duration budget) {
      // By the estimate itself, so that what was estimated to fit is not refused for a rounding.
      return needs(schedule).compareTo(budget) <= 0;
    }
  }

  /**
   * The longest schedule in a budget. Stage 1 has about a quarter of the time for epochs, at least
   * one epoch and never so many that stage 2 has none; stage 2 has the rest.
   *
   * @param most epochs of each stage that are wanted
   * @return empty where not even one epoch of each stage fits
   */
  static Optional<Schedule> within(Duration budget, Costs costs, Schedule most) {
    var wanted = costs.wanted(most);
    var least = wanted.each(1);
    if (!wanted.fit(least, budget)) {
      return Optional.empty();
    }
    int stage1 =
        least.stage1 == 0
            ? 0
            : largest(
                least.stage2 == 0 ? most.stage1 : share(budget, wanted, most),
                epochs -> wanted.fit(new Schedule(epochs, least.stage2), budget));
    int stage2 =
        least.stage2 == 0
            ? 0
            : largest(most.stage2, epochs -> wanted.fit(new Schedule(stage1, epochs), budget));
    return Optional.of(new Schedule(stage1, stage2));
  }

  /** Epochs of stage 1 in its share of the time, rounded. */
  private static int share(Duration budget, Costs costs, Schedule most) {
    double available = budget.toMillis() / 1e3 * (1 - RESERVE) - costs.fixed;
    long epochs = Math.round(SHARE_OF_STAGE1 * available / costs.first);
    return (int) Math.max(1, Math.min(epochs, most.stage1));
  }

  /** The largest number from 1 to another one that fits, where 1 does and all below it do. */
  private static int largest(int most, IntPredicate fits) {
    int low = 1;
    int high = most;
    while (low < high) {
      int middle = high - (high - low) / 2;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
