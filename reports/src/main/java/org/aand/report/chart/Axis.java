package org.aand.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis: maps values between two round ends to positions in a drawing.
 *
 * @param min the value at {@code from}
 * @param max the value at {@code to}, above {@code min}
 * @param from the position of {@code min}
 * @param to the position of {@code max}; below {@code from} on a vertical axis, whose positions
 *     grow downwards
 * @param ticks the round values in between, with their labels
 */
public record Axis(double min, double max, double from, double to, List<Tick> ticks) {

  /**
   * A labelled position.
   *
   * @param at the position, ready for SVG
   * @param label the value as text
   */
  public record Tick(String at, String label) {}

  /**
   * @throws IllegalArgumentException unless {@code min < max}
   */
  public Axis {
    if (!(min < max)) {
      throw new IllegalArgumentException("axis from " + min + " to " + max);
    }
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis that holds the values and ends at round numbers.
   *
   * @param low the lowest value
   * @param high the highest value, may equal the lowest
   * @param maxTicks at most about this many ticks, at least 2
   */
  public static Axis rounded(double low, double high, double from, double to, int maxTicks) {
    double margin = high > low ? 0 : Math.max(1e-9, Math.abs(high) / 2);
    BigDecimal step = step(high - low + 2 * margin, maxTicks, false);
    BigDecimal first = floor(low - margin, step);
    BigDecimal last = floor(-(high + margin), step).negate();
    return new Axis(
        first.doubleValue(), last.doubleValue(), from, to, ticks(first, last, step, from, to));
  }

  /**
   * An axis over whole numbers that ends at exactly the given ones.
   *
   * @param low the first number
   * @param high the last number; an axis of a single number has it in its middle
   */
  public static Axis whole(int low, int high, double from, double to, int maxTicks) {
    double min = high > low ? low : low - 0.5;
    double max = high > low ? high : high + 0.5;
    BigDecimal step = step(max - min, maxTicks, true);
    var ticks = new ArrayList<Tick>();
    BigDecimal first = floor(-low, step).negate();
    for (BigDecimal v = first; v.doubleValue() <= high; v = v.add(step)) {
      ticks.add(new Tick(position(v.doubleValue(), min, max, from, to), v.toPlainString()));
    }
    return new Axis(min, max, from, to, ticks);
  }

  /** The position of a value. */
  public double at(double value) {
    return from + (value - min) / (max - min) * (to - from);
  }

  /** The position of a value, ready for SVG. */
  public String svg(double value) {
    return Svg.number(at(value));
  }

  private static List<Tick> ticks(
      BigDecimal first, BigDecimal last, BigDecimal step, double from, double to) {
    var ticks = new ArrayList<Tick>();
    for (BigDecimal v = first; v.compareTo(last) <= 0; v = v.add(step)) {
      String at = position(v.doubleValue(), first.doubleValue(), last.doubleValue(), from, to);
      ticks.add(new Tick(at, v.toPlainString()));
    }
    return ticks;
  }

  private static String position(double value, double min, double max, double from, double to) {
    return Svg.number(from + (value - min) / (max - min) * (to - from));
  }

  /** The smallest of 1, 2, 5 times a power of ten that leaves at most {@code maxTicks} steps. */
  private static BigDecimal step(double span, int maxTicks, boolean whole) {
    int exponent = (int) Math.floor(Math.log10(span / maxTicks));
    for (int e = whole ? Math.max(0, exponent) : exponent; ; e++) {
      for (int digit : new int[] {1, 2, 5}) {
        var step = BigDecimal.valueOf(digit).scaleByPowerOfTen(e);
        if (span / step.doubleValue() <= maxTicks) {
          return e > 0 ? step.setScale(0) : step;
        }
      }
    }
  }

  private static BigDecimal floor(double value, BigDecimal step) {
    // A value within rounding error of a round number counts as that number.
    BigDecimal quotient =
        BigDecimal.valueOf(value / step.doubleValue()).setScale(9, RoundingMode.HALF_EVEN);
    return quotient.setScale(0, RoundingMode.FLOOR).multiply(step);
  }
}
