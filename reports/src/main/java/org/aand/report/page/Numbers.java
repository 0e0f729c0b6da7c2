package org.aand.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers as the pages print them, the same in every locale. */
public final class Numbers {
  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1 << 30;

  private Numbers() {}

  /** With so many decimals. */
  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A metric in [0, 1]. */
  static String metric(double value) {
    return fixed(value, 4);
  }

  static String percent(double share) {
    return fixed(100 * share, 1) + "%";
  }

  /** As many decimals as show four digits of the largest value. */
  static int decimals(double largest) {
    if (largest == 0) {
      return 3;
    }
    return (int) Math.max(0, Math.min(8, 3 - Math.floor(Math.log10(Math.abs(largest)))));
  }

  /** With so many digits, without zeros at the end. */
  public static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    var rounded = new BigDecimal(value, new MathContext(digits)).stripTrailingZeros();
    boolean plain = rounded.precision() - rounded.scale() > -5 && rounded.scale() > -9;
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  static String seconds(double seconds) {
    return significant(seconds, 3) + " s";
  }

  /** In the two units that fit. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return fixed(duration.toMillis() / 1000.0, 1) + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  public static String bytes(long bytes) {
    return bytes < GIBI ? fixed(bytes / MEBI, 0) + " MiB" : fixed(bytes / GIBI, 2) + " GiB";
  }

  /** The number and the word for one or for many. */
  public static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }
}
