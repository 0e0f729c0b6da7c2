package org.aand.report.experiment.table;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers as tables print them, the same in every locale. */
final class Decimal {
  private Decimal() {}

  /** Rounded half up, as the paper's tables are; never a negative zero. */
  static String fixed(double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    return rounded.toPlainString();
  }

  /** The same with a plus sign before positive numbers. */
  static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    return new BigDecimal(text).signum() > 0 ? "+" + text : text;
  }
}
