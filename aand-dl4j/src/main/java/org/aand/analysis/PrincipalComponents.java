package org.aand.analysis;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The projection of points to the directions of their greatest variance.
 *
 * <p>By the eigenvectors of the centred points' inner products, which are fewer than the features
 * have channels. Each component's sign is such that its largest coordinate is positive.
 *
 * @param coordinates {@code [n][k]}
 * @param shares of the variance that each component explains, falling
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record PrincipalComponents(double[][] coordinates, double[] shares) {
  /**
   * Projects points.
   *
   * @param points at least k + 1 of one length
   * @param components k
   * @throws IllegalArgumentException if there are too few points
   */
  static PrincipalComponents of(List<double[]> points, int components) {
    int n = points.size();
    if (n <= components) {
      throw new IllegalArgumentException(n + " points for " + components + " components");
    }
    double[][] centred = centred(points);
    double[][] products = new double[n][n];
    double variance = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = product(centred[i], centred[j]);
        products[j][i] = products[i][j];
      }
      variance += products[i][i];
    }
    var eigen = new EigenDecomposition(new Array2DRowRealMatrix(products, false));
    double[][] coordinates = new double[n][components];
    double[] shares = new double[components];
    for (int k = 0; k < components; k++) {
      // Rounding can leave the eigenvalue of an empty direction a little below zero.
      double value = Math.max(0, eigen.getRealEigenvalue(k));
      double[] vector = eigen.getEigenvector(k).toArray();
      double factor = Math.sqrt(value) * sign(vector);
      for (int i = 0; i < n; i++) {
        coordinates[i][k] = factor * vector[i];
      }
      shares[k] = variance == 0 ? 0 : value / variance;
    }
    return new PrincipalComponents(coordinates, shares);
  }

  private static double[][] centred(List<double[]> points) {
    double[] mean = new double[points.get(0).length];
    for (var point : points) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += point[c] / points.size();
      }
    }
    double[][] centred = new double[points.size()][];
    for (int i = 0; i < centred.length; i++) {
      centred[i] = points.get(i).clone();
      for (int c = 0; c < mean.length; c++) {
        centred[i][c] -= mean[c];
      }
    }
    return centred;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  private static int sign(double[] vector) {
    double largest = 0;
    for (double value : vector) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    return largest < 0 ? -1 : 1;
  }
}
