package org.aand.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** The exact distribution, against all orders of two samples and against known values. */
class KolmogorovSmirnovTest {
  @Test
  void theProbabilityIsTheShareOfOrdersWithSoGreatADistance() {
    int n = 5;
    int m = 4;
    int orders = 0;
    int[] atLeast = new int[n * m + 1];
    for (int bits = 0; bits < 1 << (n + m); bits++) {
      if (Integer.bitCount(bits) == n) {
        orders++;
        int reached = (int) Math.round(n * m * distance(bits, n, m));
        for (int d = 0; d <= reached; d++) {
          atLeast[d]++;
        }
      }
    }
    assertEquals(126, orders);
    for (int d = 0; d <= n * m; d++) {
      double expected = (double) atLeast[d] / orders;
      assertEquals(
          expected, KolmogorovSmirnov.pValue((double) d / (n * m), n, m), 1e-12, "distance " + d);
    }
  }

  /** The distance where the set bits are the first sample's ranks. */
  private static double distance(int bits, int n, int m) {
    double[] a = new double[n];
    double[] b = new double[m];
    int i = 0;
    int j = 0;
    for (int rank = 0; rank < n + m; rank++) {
      if ((bits >> rank & 1) == 1) {
        a[i++] = rank;
      } else {
        b[j++] = rank;
      }
    }
    return KolmogorovSmirnov.distance(a, b);
  }

  @Test
  void apartSamplesAreAsUnlikelyAsTheirTwoOrders() {
    double[] low = {1, 2, 3, 4, 5, 6};
    double[] high = {7, 8, 9, 10, 11, 12};
    assertEquals(2.0 / 924, KolmogorovSmirnov.pValue(low, high), 1e-12);
    assertEquals(1, KolmogorovSmirnov.pValue(low, low), 1e-12);
  }

  @Test
  void ofEqualValuesNoDistanceIsMade() {
    double[] same = {3, 3, 3};
    assertEquals(0, KolmogorovSmirnov.distance(same, new double[] {3, 3, 3, 3, 3}));
    assertEquals(1.0 / 3, KolmogorovSmirnov.distance(new double[] {1, 3, 3}, same), 1e-12);
  }

  @Test
  void underOneDistributionNoLevelIsExceededMoreOftenThanItSays() {
    var random = new RandomStreams(8).stream("samples");
    int tests = 20_000;
    double[] levels = {0.2, 0.05, 0.01};
    int[] rejected = new int[levels.length];
    for (int t = 0; t < tests; t++) {
      double p =
          KolmogorovSmirnov.pValue(random.doubles(20).toArray(), random.doubles(30).toArray());
      for (int l = 0; l < levels.length; l++) {
        rejected[l] += p < levels[l] ? 1 : 0;
      }
    }
    for (int l = 0; l < levels.length; l++) {
      double deviation = Math.sqrt(tests * levels[l] * (1 - levels[l]));
      assertTrue(
          rejected[l] < tests * levels[l] + 4 * deviation,
          Arrays.toString(rejected) + " of " + tests);
      assertTrue(rejected[l] > tests * levels[l] / 3, "the test is not empty");
    }
  }
}
