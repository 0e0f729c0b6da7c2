package org.aand.train;

import java.util.Arrays;

/**
 * Mean and covariance of some points, and the triangular matrix that whitens them, in double
 * precision.
 *
 * <p>The covariance is {@code sum (x - m)(x - m)^T / (n - 1) + shrinkage I}, as in PaDiM's paper
 * (eq. 1). With its Cholesky factor L, {@code A = L^-1} has {@code |A (x - m)|^2} for the quadratic
 * form of the inverse covariance. For one thread; used again for the next points.
 */
final class GaussianFit {
  private final int channels;
  private final double shrinkage;
  private final double[] means;
  private final double[] centred;
  private final double[][] factor;
  private final double[][] inverse;

  /**
   * @param channels C, the dimension of the points
   * @param shrinkage added to the covariance's diagonal
   */
  GaussianFit(int channels, double shrinkage) {
    this.channels = channels;
    this.shrinkage = shrinkage;
    means = new double[channels];
    centred = new double[channels];
    factor = new double[channels][];
    inverse = new double[channels][];
    for (int i = 0; i < channels; i++) {
      factor[i] = new double[i + 1];
      inverse[i] = new double[i + 1];
    }
  }

  /**
   * Fits.
   *
   * @param points n of them, at least 1; the i-th begins at {@code first + i * stride}
   * @param mean receives m, {@code [C]} from its offset on
   * @param triangle receives A, {@code [C (C + 1) / 2]} from its offset on
   */
  void fit(
      float[] points,
      int first,
      int stride,
      int n,
      float[] mean,
      int meanAt,
      float[] triangle,
      int triangleAt) {
    mean(points, first, stride, n);
    covariance(points, first, stride, n);
    factorise();
    invert();
    int at = triangleAt;
    for (int i = 0; i < channels; i++) {
      mean[meanAt + i] = (float) means[i];
      for (int j = 0; j <= i; j++) {
        triangle[at++] = (float) inverse[i][j];
      }
    }
  }

  private void mean(float[] points, int first, int stride, int n) {
    Arrays.fill(means, 0);
    for (int p = 0; p < n; p++) {
      int from = first + p * stride;
      for (int i = 0; i < channels; i++) {
        means[i] += points[from + i];
      }
    }
    for (int i = 0; i < channels; i++) {
      means[i] /= n;
    }
  }

  /** The covariance's lower half, in place of its factor. */
  private void covariance(float[] points, int first, int stride, int n) {
    for (double[] row : factor) {
      Arrays.fill(row, 0);
    }
    for (int p = 0; p < n; p++) {
      int from = first + p * stride;
      for (int i = 0; i < channels; i++) {
        centred[i] = points[from + i] - means[i];
      }
      for (int i = 0; i < channels; i++) {
        add(centred[i], centred, factor[i]);
      }
    }
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j <= i; j++) {
        factor[i][j] /= Math.max(1, n - 1);
      }
      factor[i][i] += shrinkage;
    }
  }

  // Whole arrays from their first element on, so that the compiler vectorises the loop.
  private static void add(double scale, double[] row, double[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += scale * row[j];
    }
  }

  /** Cholesky: the lower half in place of it becomes L with L L^T the covariance. */
  private void factorise() {
    for (int i = 0; i < channels; i++) {
      double[] row = factor[i];
      for (int j = 0; j < i; j++) {
        row[j] = (row[j] - dot(row, factor[j], j)) / factor[j][j];
      }
      row[i] = Math.sqrt(row[i] - dot(row, row, i));
    }
  }

  private static double dot(double[] x, double[] y, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += x[k] * y[k];
    }
    return sum;
  }

  /** L^-1 row by row: {@code A_i = (e_i - sum_{k<i} L_ik A_k) / L_ii}. */
  private void invert() {
    for (int i = 0; i < channels; i++) {
      double[] row = inverse[i];
      Arrays.fill(row, 0);
      for (int k = 0; k < i; k++) {
        subtract(factor[i][k], inverse[k], row);
      }
      row[i] = 1;
      for (int j = 0; j <= i; j++) {
        row[j] /= factor[i][i];
      }
    }
  }

  private static void subtract(double scale, double[] row, double[] from) {
    for (int j = 0; j < row.length; j++) {
      from[j] -= scale * row[j];
    }
  }
}
