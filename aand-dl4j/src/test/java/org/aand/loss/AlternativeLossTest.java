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

/** The losses of the paper's alternatives by their definitions, pair by pair. */
class AlternativeLossTest {
  private static final int ROWS = 12;
  private static final int CHANNELS = 5;

  @Test
  void theContrastiveLossIsAMeanOverPairs() {
    var random = new RandomStreams(8).stream("contrast");
    for (int round = 0; round < 20; round++) {
      double[] x = random.doubles(ROWS * CHANNELS, 0, 1).toArray();
      int normals = 1 + random.nextInt(ROWS - 1);
      int anomalies = random.nextInt(ROWS - normals + 1);
      double[] n = weights(0, normals);
      double[] a = weights(normals, anomalies);
      double expected = 0;
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < ROWS; j++) {
          expected += n[i] * n[j] * (1 - cosine(x, i, j)) + n[i] * a[j] * cosine(x, i, j);
        }
      }
      assertEquals(expected, contrast(x, n, a), 1e-12);
    }
  }

  @Test
  void itIsLeastWhenNormalFeaturesAgreeAndAnomalousOnesAreOrthogonal() {
    double[] x = new double[ROWS * CHANNELS];
    for (int i = 0; i < ROWS; i++) {
      x[i * CHANNELS + (i < 8 ? 0 : 1)] = 1 + i;
    }
    assertEquals(0, contrast(x, weights(0, 8), weights(8, 4)), 1e-12);
    assertTrue(contrast(x, weights(0, 10), weights(10, 2)) > 0.1);
    assertEquals(0, contrast(x, weights(0, 0), weights(8, 4)), 1e-12);
  }

  @Test
  void theTruncatedLossCountsScoresWithinTheirMargin() {
    double[] scores = {0.7, 0.5, 0.1, -1, /* noisy */ -0.7, -0.5, 0, 0.25};
    double normal = (0 + 0 + 0.4 + 1.5) / 4;
    double noisy = (0 + 0 + 0.5 + 0.75) / 4;
    var graph = SameDiff.create();
    var loss = TruncatedLoss.of(graph.placeHolder("s", DataType.DOUBLE), 0.5);
    try (var program = new Program(graph, List.of(loss), DataType.DOUBLE);
        var s = HostValues.array(scores, DataType.DOUBLE, 2, 2, 2, 1)) {
      assertEquals(normal + noisy, program.run(Map.of("s", s)).scalar(loss), 1e-12);
    }
  }

  private static double contrast(double[] x, double[] normal, double[] anomalous) {
    var graph = SameDiff.create();
    var loss =
        ContrastiveLoss.of(
            graph.placeHolder("x", DataType.DOUBLE),
            graph.placeHolder("n", DataType.DOUBLE),
            graph.placeHolder("a", DataType.DOUBLE));
    try (var program = new Program(graph, List.of(loss), DataType.DOUBLE);
        var features = HostValues.array(x, DataType.DOUBLE, 1, 3, 4, CHANNELS);
        var n = HostValues.array(normal, DataType.DOUBLE, ROWS, 1);
        var a = HostValues.array(anomalous, DataType.DOUBLE, ROWS, 1)) {
      return program.run(Map.of("x", features, "n", n, "a", a)).scalar(loss);
    }
  }

  private static double[] weights(int from, int count) {
    double[] weights = new double[ROWS];
    java.util.Arrays.fill(weights, from, from + count, count == 0 ? 0 : 1.0 / count);
    return weights;
  }

  private static double cosine(double[] x, int i, int j) {
    return dot(x, i, j) / Math.sqrt(dot(x, i, i) * dot(x, j, j));
  }

  private static double dot(double[] x, int i, int j) {
    double sum = 0;
    for (int c = 0; c < CHANNELS; c++) {
      sum += x[i * CHANNELS + c] * x[j * CHANNELS + c];
    }
    return sum;
  }
}
