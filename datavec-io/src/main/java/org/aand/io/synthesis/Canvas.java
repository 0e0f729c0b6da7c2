package org.aand.io.synthesis;

import java.util.random.RandomGenerator;

/**
 * What a pattern is drawn on: a raster of real numbers, nominally 0..1, and the generator that
 * decides.
 *
 * @param width in pixels
 * @param height in pixels
 * @param random what decides
 */
record Canvas(int width, int height, RandomGenerator random) {
  /** A function of the place. */
  @FunctionalInterface
  interface Shader {
    /**
     * The value at a place.
     *
     * @param u to the right, 0..1 over the larger side
     * @param v downwards, in the same unit
     * @param pixel the index in the raster
     */
    double at(double u, double v, int pixel);
  }

  double[] fill(Shader shader) {
    double[] values = new double[width * height];
    double unit = 1.0 / Math.max(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        values[pixel] = shader.at(x * unit, y * unit, pixel);
      }
    }
    return values;
  }

  /**
   * Octaves of gradient noise, each with twice the periods and {@code gain} times the amplitude of
   * the one before; roughly within -1..1. Octaves finer than two pixels are left out.
   */
  double[] fractal(int rowPeriods, int columnPeriods, int octaves, double gain) {
    double[] sum = new double[width * height];
    double amplitude = 1;
    double total = 0;
    for (int octave = 0; octave < octaves; octave++) {
      int rows = Math.max(1, Math.min(rowPeriods << octave, height));
      int columns = Math.max(1, Math.min(columnPeriods << octave, width));
      if (octave > 0 && (2 * rows > height || 2 * columns > width)) {
        break;
      }
      double[] noise = new PerlinNoise(width, height, rows, columns).draw(random);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += amplitude * noise[i];
      }
      total += amplitude;
      amplitude *= gain;
    }
    // The octaves rarely peak together; 1.6 brings the usual extremes near 1.
    double scale = 1.6 / total;
    for (int i = 0; i < sum.length; i++) {
      sum[i] *= scale;
    }
    return sum;
  }

  double[] fractal(int periods, int octaves, double gain) {
    return fractal(periods, periods, octaves, gain);
  }

  double between(double low, double high) {
    return random.nextDouble(low, high);
  }

  int between(int low, int highInclusive) {
    return random.nextInt(low, highInclusive + 1);
  }

  /** A direction, drawn uniformly over half a turn. */
  Direction direction() {
    double angle = between(0, Math.PI);
    return new Direction(Math.cos(angle), Math.sin(angle));
  }

  /** A unit vector; coordinates along and across it. */
  record Direction(double right, double down) {
    double along(double u, double v) {
      return u * right + v * down;
    }

    double across(double u, double v) {
      return v * right - u * down;
    }
  }
}
