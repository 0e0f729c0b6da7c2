package org.aand.drift;

import java.util.Arrays;

/**
 * The two-sample Kolmogorov-Smirnov test: whether two samples are of one distribution, whatever it
 * is.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>J. L. Hodges. The significance probability of the Smirnov two-sample test. Arkiv för
 *       Matematik 3, 1958 (the exact distribution by counting paths).
 * </ol>
 */
final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The greatest distance of the two empirical distribution functions, in [0, 1].
   *
   * @param a in ascending order, at least one
   * @param b in ascending order, at least one
   */
  static double distance(double[] a, double[] b) {
    double greatest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double value = Math.min(a[i], b[j]);
      while (i < a.length && a[i] == value) {
        i++;
      }
      while (j < b.length && b[j] == value) {
        j++;
      }
      greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return greatest;
  }

  /**
   * The probability of so great a distance where both are of one continuous distribution; an upper
   * bound of it where values are equal.
   *
   * @param a in any order, at least one
   * @param b in any order, at least one
   */
  static double pValue(double[] a, double[] b) {
    double[] first = a.clone();
    double[] second = b.clone();
    Arrays.sort(first);
    Arrays.sort(second);
    return pValue(distance(first, second), first.length, second.length);
  }

  /**
   * One minus the share of the orders of both samples whose distance stays smaller: of all paths
   * from (0, 0) to (n, m), drawn uniformly, those that stay in the band.
   */
  static double pValue(double distance, int n, int m) {
    // A hair less, so that rounding does not take a path of exactly this distance for a smaller.
    double limit = distance - 1e-9;
    double[] within = new double[m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        if (Math.abs((double) i / n - (double) j / m) > limit) {
          within[j] = 0;
        } else if (i == 0 && j == 0) {
          within[j] = 1;
        } else {
          // Of the uniform paths through (i, j) the last step came along either axis.
          double before = i == 0 ? 0 : within[j] * i / (i + j);
          within[j] = before + (j == 0 ? 0 : within[j - 1] * j / (i + j));
        }
      }
    }
    return Math.max(0, Math.min(1, 1 - within[m]));
  }
}
