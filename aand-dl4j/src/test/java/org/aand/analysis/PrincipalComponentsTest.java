package org.aand.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** Points that lie in a plane keep their distances; of others the most is kept. */
class PrincipalComponentsTest {
  private static final int POINTS = 40;

  @Test
  void aPlaneInManyDimensionsComesBack() {
    var random = new RandomStreams(2).stream("plane");
    double[] first = random.doubles(30, -1, 1).toArray();
    double[] second = random.doubles(30, -1, 1).toArray();
    double[] offset = random.doubles(30, -5, 5).toArray();
    var points = new ArrayList<double[]>();
    for (int i = 0; i < POINTS; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double[] point = new double[30];
      for (int c = 0; c < point.length; c++) {
        point[c] = offset[c] + a * first[c] + b * second[c];
      }
      points.add(point);
    }
    var components = PrincipalComponents.of(points, 2);
    assertEquals(1, components.shares()[0] + components.shares()[1], 1e-9);
    assertTrue(components.shares()[0] >= components.shares()[1]);
    for (int i = 0; i < POINTS; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(
            distance(points.get(i), points.get(j)),
            distance(components.coordinates()[i], components.coordinates()[j]),
            1e-9);
      }
    }
  }

  @Test
  void theFirstAxisIsThatOfTheGreatestVariance() {
    var random = new RandomStreams(3).stream("axis");
    var points = new ArrayList<double[]>();
    for (int i = 0; i < POINTS; i++) {
      points.add(
          new double[] {0.1 * random.nextGaussian(), 10 * (i - 19.5), 0.1 * random.nextGaussian()});
    }
    var components = PrincipalComponents.of(points, 2);
    assertTrue(components.shares()[0] > 0.999);
    double direction = Math.signum(components.coordinates()[39][0]);
    for (int i = 0; i < POINTS; i++) {
      assertEquals(direction * 10 * (i - 19.5), components.coordinates()[i][0], 0.5);
    }
  }

  @Test
  void equalPointsHaveNoVariance() {
    var components = PrincipalComponents.of(Collections.nCopies(5, new double[] {1, 2, 3}), 2);
    assertEquals(0, components.shares()[0]);
    assertEquals(0, components.coordinates()[4][1]);
    assertThrows(
        IllegalArgumentException.class, () -> PrincipalComponents.of(List.of(new double[3]), 2));
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return Math.sqrt(sum);
  }
}
