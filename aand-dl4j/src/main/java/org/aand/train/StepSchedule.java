package org.aand.train;

/**
 * The learning rate, lowered after 80 % and 90 % of the epochs.
 *
 * <p>Drops fall at {@code floor(0.8 E)} and {@code floor(0.9 E)}, once where both are the same
 * epoch. For the released code's 100 and 120 epochs these are its milestones 80, 90 and 96, 108.
 *
 * @param base rate of the first epochs
 * @param factor by which each drop multiplies
 */
public record StepSchedule(double base, double factor) {
  /** The released code's values. */
  public StepSchedule() {
    this(0.005, 0.2);
  }

  /**
   * @throws IllegalArgumentException if a value is not positive
   */
  public StepSchedule {
    if (!(base > 0) || !(factor > 0)) {
      throw new IllegalArgumentException("learning rate and factor are positive");
    }
  }

  /**
   * The rate of an epoch.
   *
   * @param epoch from 0
   * @param epochs in all
   */
  public double rate(int epoch, int epochs) {
    int first = (int) (epochs * 8L / 10);
    int second = (int) (epochs * 9L / 10);
    double rate = base;
    if (epoch >= first) {
      rate *= factor;
    }
    if (epoch >= second && second > first) {
      rate *= factor;
    }
    return rate;
  }
}
