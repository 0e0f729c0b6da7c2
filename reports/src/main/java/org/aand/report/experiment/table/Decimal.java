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

  /** A printed value minus a published one, with its sign. */
  static String difference(String printed, double published) {
    var value = new BigDecimal(printed);
    BigDecimal difference =
        value.subtract(BigDecimal.valueOf(published)).setScale(value.scale(), RoundingMode.HALF_UP);
    return (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
  }
}
