package org.aand.runtime.kernel;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plain sums in double precision to compare with, and random data. */
final class Reference {
  private Reference() {}

  static float[] random(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  /** The same rows packed, what belongs to none not a number. */
  static ArrayRows packed(float[] plain, int rows, int columns) {
    float[] values = new float[ArrayRows.packedSize(rows, columns)];
    Arrays.fill(values, Float.NaN);
    ArrayRows packed = ArrayRows.packed(values, rows);
    for (int i = 0; i < rows * columns; i++) {
      values[packed.at(i / columns, i % columns)] = plain[i];
    }
    return packed;
  }

  /** The same rows plain. */
  static float[] plain(ArrayRows packed, int rows, int columns) {
    float[] values = new float[rows * columns];
    packed.gather(0, rows, 0, columns, values, 0, columns);
    return values;
  }

  /** Values that keep sums over {@code depth} products near 1. */
  static float[] weights(Random random, int count, int depth) {
    float[] values = random(random, count);
    for (int i = 0; i < count; i++) {
      values[i] *= (float) (2 / Math.sqrt(depth));
    }
    return values;
  }

  static double[] product(float[] a, float[] b, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int l = 0; l < k; l++) {
        double x = a[i * k + l];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += x * b[l * n + j];
        }
      }
    }
    return c;
  }

  static double[] convolution(ConvolutionShape s, int images, float[] x, float[] kernel) {
    int oh = s.outHeight();
    int ow = s.outWidth();
    int c = s.inChannels();
    int d = s.outChannels();
    double[] y = new double[images * oh * ow * d];
    for (int n = 0; n < images; n++) {
      for (int oy = 0; oy < oh; oy++) {
        for (int ox = 0; ox < ow; ox++) {
          int at = ((n * oh + oy) * ow + ox) * d;
          for (int ky = 0; ky < s.kernelHeight(); ky++) {
            for (int kx = 0; kx < s.kernelWidth(); kx++) {
              int iy = oy * s.stride() - s.padding() + ky;
              int ix = ox * s.stride() - s.padding() + kx;
              if (iy < 0 || ix < 0 || iy >= s.height() || ix >= s.width()) {
                continue;
              }
              int from = ((n * s.height() + iy) * s.width() + ix) * c;
              for (int i = 0; i < c; i++) {
                int row = ((ky * s.kernelWidth() + kx) * c + i) * d;
                for (int j = 0; j < d; j++) {
                  y[at + j] += (double) x[from + i] * kernel[row + j];
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  /** Adds bias and residual and applies the activation. */
  static void finish(
      double[] y, int n, float @Nullable [] bias, float @Nullable [] residual, Activation f) {
    for (int i = 0; i < y.length; i++) {
      double v = y[i] + (bias == null ? 0 : bias[i % n]) + (residual == null ? 0 : residual[i]);
      y[i] =
          switch (f) {
            case NONE -> v;
            case RELU -> Math.max(v, 0);
            case TANH -> Math.tanh(v);
            case SIGMOID -> 1 / (1 + Math.exp(-v));
          };
    }
  }

  /** The largest difference over the largest value. */
  static double error(double[] expected, float[] actual, int offset) {
    double largest = 1e-30;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double d = Math.abs(expected[i] - actual[offset + i]);
      // Not a number is the largest error.
      difference = d >= 0 ? Math.max(difference, d) : Double.POSITIVE_INFINITY;
    }
    return difference / largest;
  }
}
