package org.aand.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aand.common.random.RandomStreams;
import org.aand.nn.HostValues;
import org.aand.nn.Program;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The Sinkhorn divergence against what is known of it without an iteration. */
class SinkhornDivergenceTest {
  private static final int DIMENSIONS = 3;

  @Test
  void aSetOfPointsIsNotApartFromItselfInAnotherOrder() {
    double[] half = {1, 0, 0, 0, 2, 0, 0, 0, 3};
    double[] other = {0, 0, 3, 1, 0, 0, 0, 2, 0};
    assertEquals(0, divergence(0.3, concatenated(half, other)), 1e-9);
  }

  /** With one point on either side there is but one plan. */
  @Test
  void twoPointsAreApartByHalfTheirSquaredDistance() {
    assertEquals((4 + 9 + 1) / 2.0, divergence(0.05, 1, 2, 3, 3, -1, 4), 1e-9);
    assertEquals((4 + 9 + 1) / 2.0, divergence(5, 1, 2, 3, 3, -1, 4), 1e-9);
  }

  /** Below all distances it is the cost of the best assignment, here of the six by trying. */
  @Test
  void withALittleBlurItIsTheBestAssignment() {
    var random = new RandomStreams(6).stream("points");
    for (int round = 0; round < 20; round++) {
      double[] points = random.doubles(6 * DIMENSIONS, -1, 1).toArray();
      double best = Double.POSITIVE_INFINITY;
      for (int[] order :
          new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
        double cost = 0;
        for (int i = 0; i < 3; i++) {
          cost += squared(points, i, 3 + order[i]) / 2 / 3;
        }
        best = Math.min(best, cost);
      }
      assertEquals(best, divergence(0.02, points), 0.01 * best);
    }
  }

  /** Above all distances it is the distance of the means. */
  @Test
  void withMuchBlurItIsTheDistanceOfTheMeans() {
    var random = new RandomStreams(7).stream("points");
    for (int round = 0; round < 20; round++) {
      double[] points = random.doubles(5 * DIMENSIONS, -1, 1).toArray();
      double square = 0;
      for (int d = 0; d < DIMENSIONS; d++) {
        double first = (points[d] + points[3 + d] + points[6 + d]) / 3;
        double second = (points[9 + d] + points[12 + d]) / 2;
        square += (first - second) * (first - second);
      }
      double found = divergence(100, points);
      assertTrue(found >= 0);
      assertEquals(square / 2, found, 1e-3);
    }
  }

  @Test
  void aSingleImageHasNoOther() {
    assertEquals(0, divergence(0.05, 1, 2, 3));
  }

  private static double squared(double[] points, int i, int j) {
    double sum = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      double difference = points[i * DIMENSIONS + d] - points[j * DIMENSIONS + d];
      sum += difference * difference;
    }
    return sum;
  }

  private static double[] concatenated(double[] a, double[] b) {
    double[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static double divergence(double blur, double... points) {
    var graph = SameDiff.create();
    var loss = SinkhornDivergence.of(graph.placeHolder("x", DataType.DOUBLE), blur);
    try (var program = new Program(graph, List.of(loss), DataType.DOUBLE);
        var x =
            HostValues.array(
                points, DataType.DOUBLE, points.length / DIMENSIONS, 1, 1, DIMENSIONS)) {
      return program.run(Map.of("x", x)).scalar(loss);
    }
  }
}
