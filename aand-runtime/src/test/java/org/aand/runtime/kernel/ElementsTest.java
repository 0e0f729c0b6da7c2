package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ElementsTest {
  private final Random random = new Random(8);
  private final Scratch scratch = new Scratch();

  @FunctionalInterface
  private interface Kernel {
    void run(float[] x, int xo, float[] y, int yo, float[] to, int at, int count);
  }

  private void check(Kernel kernel, DoubleBinaryOperator exact, float range, double tolerance) {
    for (int count = 0; count < 70; count++) {
      float[] x = Reference.random(random, count + 3);
      float[] y = Reference.random(random, count + 2);
      for (int i = 0; i < x.length; i++) {
        x[i] *= range;
      }
      float[] to = new float[count + 2];
      kernel.run(x, 3, y, 2, to, 1, count);
      for (int i = 0; i < count; i++) {
        assertEquals(exact.applyAsDouble(x[3 + i], y[2 + i]), to[1 + i], tolerance);
      }
      assertEquals(0, to[0]);
      assertEquals(0, to[count + 1]);
    }
  }

  @Test
  void functionsOfValues() {
    check(Elements::add, (x, y) -> x + y, 1, 1e-7);
    check(Elements::multiply, (x, y) -> x * y, 1, 1e-7);
    check(Elements::addRelu, (x, y) -> Math.max(x + y, 0), 1, 1e-7);
    check(
        (x, xo, y, yo, to, at, n) -> Elements.relu(x, xo, to, at, n),
        (x, y) -> Math.max(x, 0),
        1,
        0);
    for (float range : new float[] {1e-3f, 1, 20, 1e30f}) {
      ElementKernels kernels = Provider.arithmetic().elements();
      check(
          (x, xo, y, yo, to, at, n) -> {
            float[] exponents = new float[x.length];
            for (int i = xo; i < x.length; i++) {
              exponents[i] = -Math.abs(x[i]);
            }
            kernels.exp(exponents, xo, 0.5f, 2, to, at, n, new float[Elements.LANES]);
          },
          (x, y) -> Math.exp(2.0 * (-Math.abs((float) x) - 0.5f)),
          range,
          2e-7);
    }
    check(Provider.arithmetic().elements()::subtract, (x, y) -> x - y, 1, 1e-7);
    for (float range : new float[] {1e-3f, 1, 20, 1e30f}) {
      check(
          (x, xo, y, yo, to, at, n) -> Elements.tanh(x, xo, to, at, n),
          (x, y) -> Math.tanh(x),
          range,
          3e-7);
      check(
          (x, xo, y, yo, to, at, n) -> Elements.sigmoid(x, xo, to, at, n),
          (x, y) -> 1 / (1 + Math.exp(-x)),
          range,
          2e-7);
    }
  }

  @Test
  void notANumberIsKept() {
    float[] x = new float[40];
    Arrays.fill(x, Float.NaN);
    float[] to = new float[40];
    Elements.tanh(x, 0, to, 0, 40);
    assertTrue(Float.isNaN(to[0]) && Float.isNaN(to[39]));
    Elements.relu(x, 0, to, 0, 40);
    assertTrue(Float.isNaN(to[0]) && Float.isNaN(to[39]));
  }

  @Test
  void functionsOfRows() {
    for (int channels = 1; channels < 80; channels++) {
      int rows = 5;
      float[] x = Reference.random(random, rows * channels);
      float[] y = Reference.random(random, rows * channels);
      float[] distance = new float[rows];
      float[] inverse = new float[rows];
      float[] scaled = new float[x.length];
      float[] shares = new float[rows];
      Elements.cosineDistance(x, 0, y, 0, rows, channels, distance, 0, scratch);
      Elements.inverseNorms(x, 0, rows, channels, 1e-12f, inverse, 0, scratch);
      Elements.scaleRows(x, 0, inverse, 0, rows, channels, scaled, 0);
      int first = random.nextInt(channels);
      Elements.softmaxShares(x.clone(), 0, rows, channels, first, 0.5f, shares, 0, scratch);
      for (int r = 0; r < rows; r++) {
        double xy = 0;
        double xx = 0;
        double yy = 0;
        double sum = 0;
        double share = 0;
        for (int i = r * channels; i < (r + 1) * channels; i++) {
          xy += (double) x[i] * y[i];
          xx += (double) x[i] * x[i];
          yy += (double) y[i] * y[i];
          sum += Math.exp(x[i] / 0.5);
          share += i - r * channels < first ? 0 : Math.exp(x[i] / 0.5);
        }
        assertEquals(1 - xy / Math.sqrt(xx * yy), distance[r], 1e-6);
        assertEquals(1, inverse[r] * Math.sqrt(xx), 1e-6);
        assertEquals(share / sum, shares[r], 1e-6);
        for (int i = r * channels; i < (r + 1) * channels; i++) {
          assertEquals(x[i] / Math.sqrt(xx), scaled[i], 1e-6);
        }
      }
    }
  }

  @Test
  void distanceOfNothingIsOne() {
    float[] to = new float[1];
    Elements.cosineDistance(new float[9], 0, new float[9], 0, 1, 9, to, 0, scratch);
    assertEquals(1, to[0]);
  }

  @Test
  void mapsAndChannels() {
    float[] x = Reference.random(random, 2 * 12);
    float[] map = Reference.random(random, 12);
    float[] to = new float[24];
    Elements.addMap(x, 0, map, 0, 2, 12, to, 0);
    for (int i = 0; i < 24; i++) {
      assertEquals(x[i] + map[i % 12], to[i]);
    }
    float[] joined = new float[8 * 5];
    Elements.copyRows(x, 0, 3, 8, 3, joined, 0, 5);
    Elements.copyRows(x, 0, 2, 8, 2, joined, 3, 5);
    assertArrayEquals(
        new float[] {x[3], x[4], x[5], x[2], x[3]}, Arrays.copyOfRange(joined, 5, 10));
  }

  @Test
  void largestOfWindows() {
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 40; round++) {
        int h = 3 + random.nextInt(9);
        int w = 3 + random.nextInt(9);
        int c = 1 + random.nextInt(20);
        int stride = 1 + random.nextInt(2);
        int padding = random.nextInt(2);
        MaxPool pool = new MaxPool(h, w, c, 3, stride, padding);
        float[] x = Reference.random(random, 2 * h * w * c);
        float[] to = new float[2 * pool.outHeight() * pool.outWidth() * c];
        pool.run(workers, 2, x, 0, to, 0);
        for (int i = 0; i < to.length; i++) {
          int pixel = i / c;
          int left = pixel % pool.outWidth() * stride - padding;
          int line = pixel / pool.outWidth();
          int top = line % pool.outHeight() * stride - padding;
          int image = line / pool.outHeight();
          float largest = Float.NEGATIVE_INFINITY;
          for (int yy = Math.max(top, 0); yy < Math.min(top + 3, h); yy++) {
            for (int xx = Math.max(left, 0); xx < Math.min(left + 3, w); xx++) {
              largest = Math.max(largest, x[((image * h + yy) * w + xx) * c + i % c]);
            }
          }
          assertEquals(largest, to[i]);
        }
      }
    }
    assertThrows(IllegalArgumentException.class, () -> new MaxPool(2, 2, 1, 3, 2, 0));
  }

  @Test
  void distancesFromGaussians() {
    for (int channels = 1; channels < 70; channels++) {
      float[] x = Reference.random(random, channels + 3);
      float[] mean = Reference.random(random, channels + 2);
      float[] triangle = Reference.random(random, channels * (channels + 1) / 2 + 1);
      double square = 0;
      int at = 1;
      for (int row = 0; row < channels; row++) {
        double part = 0;
        for (int i = 0; i <= row; i++) {
          part += (double) triangle[at++] * ((double) x[3 + i] - mean[2 + i]);
        }
        square += part * part;
      }
      double exact = Math.sqrt(square);
      float distance = Elements.mahalanobis(x, 3, mean, 2, triangle, 1, channels, scratch);
      assertEquals(exact, distance, 1e-6 * Math.max(1, exact), "channels " + channels);
    }
  }
}
