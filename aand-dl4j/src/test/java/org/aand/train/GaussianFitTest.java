package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.aand.common.random.RandomStreams;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

/** A Gaussian's whitening against covariance and inverse of a library, in double precision. */
class GaussianFitTest {
  private static final double SHRINKAGE = 0.01;

  /** Of single precision, in which the results are. */
  private static final double TOLERANCE = 1e-5;

  @Test
  void threePointsOnPaper() {
    // Means 1 and 2; variances 1 and 4, covariance 2 (of n - 1); plus 0.01 on the diagonal.
    float[] points = {0, 0, 1, 2, 2, 4};
    float[] mean = new float[2];
    float[] triangle = new float[3];
    new GaussianFit(2, SHRINKAGE).fit(points, 0, 2, 3, mean, 0, triangle, 0);
    assertEquals(1, mean[0], 0);
    assertEquals(2, mean[1], 0);
    // L = [sqrt(1.01), 0; 2 / sqrt(1.01), sqrt(4.01 - 4 / 1.01)]
    double first = Math.sqrt(1.01);
    double second = Math.sqrt(4.01 - 4 / 1.01);
    assertEquals(1 / first, triangle[0], TOLERANCE);
    assertEquals(-2 / first / first / second, triangle[1], TOLERANCE / second);
    assertEquals(1 / second, triangle[2], TOLERANCE / second);
  }

  @Test
  void anyPointsAgainstALibrary() {
    var random = new RandomStreams(4).stream("Gaussians");
    for (int round = 0; round < 40; round++) {
      int channels = 1 + random.nextInt(12);
      int count = 2 + random.nextInt(20);
      int first = random.nextInt(5);
      int stride = channels + random.nextInt(4);
      float[] points = new float[first + count * stride];
      for (int i = 0; i < points.length; i++) {
        points[i] = (float) (random.nextGaussian() * (1 + i % 3) + 5);
      }
      double[][] rows = new double[count][channels];
      for (int p = 0; p < count; p++) {
        for (int i = 0; i < channels; i++) {
          rows[p][i] = points[first + p * stride + i];
        }
      }
      float[] mean = new float[channels + 1];
      float[] triangle = new float[channels * (channels + 1) / 2 + 2];
      new GaussianFit(channels, SHRINKAGE).fit(points, first, stride, count, mean, 1, triangle, 2);
      var inverse = inverse(rows, channels);
      double[] x = new double[channels];
      double expected = 0;
      for (int i = 0; i < channels; i++) {
        x[i] = random.nextGaussian();
      }
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          expected += x[i] * inverse.getEntry(i, j) * x[j];
        }
      }
      assertEquals(expected, quadraticForm(triangle, 2, x), 1e-4 * expected, "round " + round);
      for (int i = 0; i < channels; i++) {
        double sum = 0;
        for (double[] row : rows) {
          sum += row[i];
        }
        assertEquals(sum / count, mean[1 + i], TOLERANCE * 10);
      }
    }
  }

  private static RealMatrix inverse(double[][] rows, int channels) {
    var covariance =
        channels == 1
            ? MatrixUtils.createRealMatrix(1, 1)
            : new Covariance(rows).getCovarianceMatrix();
    if (channels == 1) {
      covariance.setEntry(
          0,
          0,
          new org.apache.commons.math3.stat.descriptive.moment.Variance().evaluate(column(rows)));
    }
    for (int i = 0; i < channels; i++) {
      covariance.addToEntry(i, i, SHRINKAGE);
    }
    return new LUDecomposition(covariance).getSolver().getInverse();
  }

  private static double[] column(double[][] rows) {
    double[] column = new double[rows.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = rows[i][0];
    }
    return column;
  }

  private static double quadraticForm(float[] triangle, int at, double[] x) {
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      double part = 0;
      for (int j = 0; j <= i; j++) {
        part += triangle[at++] * x[j];
      }
      square += part * part;
    }
    return square;
  }
}
