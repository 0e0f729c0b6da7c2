package org.aand.report.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers and paths in the form that SVG attributes take. */
public final class Svg {
  private Svg() {}

  /** A coordinate with at most two decimals, independent of the locale. */
  public static String number(double value) {
    var rounded = BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /**
   * The path data of a line through the points, broken where a coordinate is NaN.
   *
   * @param x the horizontal positions
   * @param y the vertical positions, as many
   */
  public static String path(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " and " + y.length + " coordinates");
    }
    var path = new StringBuilder();
    boolean down = false;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
        down = false;
        continue;
      }
      path.append(down ? 'L' : 'M').append(number(x[i])).append(' ').append(number(y[i]));
      down = true;
    }
    return path.toString();
  }
}
