package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aand.pipeline.Schedule.Costs;
import org.junit.jupiter.api.Test;

/** The epochs that a time allows, whatever a machine takes for them. */
class ScheduleTest {
  private static final Schedule MOST = new Schedule(100, 120);
  private static final int CASES = 20_000;
  private static final double MILLISECOND = 1e-3;

  private final SplittableRandom random = new SplittableRandom(11);

  private static Optional<Schedule> within(double seconds, Costs costs) {
    return Schedule.within(Duration.ofMillis(Math.round(1e3 * seconds)), costs, MOST);
  }

  private double drawn(double most, double shareOfNone) {
    return random.nextDouble() < shareOfNone ? 0 : most * Math.pow(10, -4 * random.nextDouble());
  }

  private Costs costs() {
    return new Costs(drawn(100, 0.1), drawn(60, 0.2), drawn(60, 0.2));
  }

  private Schedule most() {
    return new Schedule(random.nextInt(150), random.nextInt(150));
  }

  private Duration budget(Costs costs, Schedule most) {
    // Near the limit of the refusal, and anywhere else.
    var least = costs.wanted(most).needs(costs.wanted(most).each(1));
    return random.nextBoolean()
        ? least.plusMillis(random.nextInt(-3, 4))
        : least.plusMillis((long) (1e3 * drawn(10_000, 0)));
  }

  @Test
  void stage1HasAQuarterOfTheTimeAndStage2TheRest() {
    var costs = new Costs(10, 2, 1);
    // 190 seconds of the 200 are planned, 180 of them for epochs.
    assertEquals(Optional.of(new Schedule(23, 120)), within(200, costs));
    assertEquals(Optional.of(new Schedule(11, 63)), within(100, costs));
    assertEquals(Optional.of(new Schedule(0, 85)), within(100, new Costs(10, 0, 1)));
    assertEquals(Optional.of(new Schedule(42, 0)), within(100, new Costs(10, 2, 0)));
  }

  @Test
  void stage1GivesWayToOneEpochBeforeABudgetIsRefused() {
    // A quarter of the 14 seconds is rounded to two epochs, beside which stage 2 would have none.
    var costs = new Costs(0, 2, 11);
    assertEquals(Optional.of(new Schedule(1, 1)), within(14 / 0.95, costs));
    assertEquals(Optional.empty(), within(12.9 / 0.95, costs));
  }

  @Test
  void oneStageAloneIsNotRoundedUp() {
    assertEquals(Optional.of(new Schedule(1, 0)), within(19 / 0.95, new Costs(0, 10, 0)));
    assertEquals(Optional.empty(), within(9 / 0.95, new Costs(0, 10, 0)));
  }

  @Test
  void aStageOfWhichNoEpochIsWantedHasNone() {
    var schedule = Schedule.within(Duration.ofMinutes(1), new Costs(1, 1, 1), new Schedule(0, 200));
    assertEquals(Optional.of(new Schedule(0, 56)), schedule);
  }

  @Test
  void whateverTheCostsTheBudgetIsKept() {
    for (int i = 0; i < CASES; i++) {
      var costs = costs();
      var most = most();
      var budget = budget(costs, most);
      var schedule = Schedule.within(budget, costs, most);
      var about = costs + ", " + budget + ", " + most + ": " + schedule;
      var wanted = costs.wanted(most);
      var least = wanted.each(1);
      double limit = 0.95 * budget.toMillis() / 1e3;
      assertEquals(wanted.needs(least).compareTo(budget) > 0, schedule.isEmpty(), about);
      if (wanted.seconds(least) <= limit - MILLISECOND) {
        assertTrue(schedule.isPresent(), about);
      }
      if (schedule.isPresent()) {
        var epochs = schedule.get();
        assertTrue(wanted.seconds(epochs) <= limit + 1e-9, about);
        assertTrue(epochs.stage1() <= most.stage1() && epochs.stage2() <= most.stage2(), about);
        assertTrue(epochs.stage1() >= least.stage1() && epochs.stage2() >= least.stage2(), about);
      }
    }
  }

  @Test
  void aLongerTimeIsUsed() {
    for (int i = 0; i < CASES; i++) {
      var costs = costs();
      var most = most();
      var budget = budget(costs, most);
      var longer = budget.plusMillis((long) (1e3 * drawn(100, 0)));
      var before = Schedule.within(budget, costs, most);
      var after = Schedule.within(longer, costs, most);
      var about = costs + ", " + budget + ", " + longer + ": " + before + ", " + after;
      if (before.isPresent()) {
        assertTrue(after.isPresent(), about);
        assertTrue(after.get().stage1() >= before.get().stage1(), about);
        // Another epoch of stage 1 may leave a part of one of stage 2 unused.
        double unused = costs.first() > 0 && most.stage1() > 0 ? costs.second() : 0;
        assertTrue(
            costs.seconds(after.get()) >= costs.seconds(before.get()) - unused - MILLISECOND,
            about);
      }
    }
  }
}
