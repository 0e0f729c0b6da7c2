package org.aand.demo.product;

/**
 * Value noise: random values on the integer lattice, interpolated with a cubic fade.
 *
 * @param key which field
 */
record LatticeNoise(long key) {
  /** -1..1. */
  double at(double x, double y) {
    long column = floor(x);
    long row = floor(y);
    double tx = Ramp.fade(x - column);
    double ty = Ramp.fade(y - row);
    double above = Ramp.mix(value(column, row), value(column + 1, row), tx);
    double below = Ramp.mix(value(column, row + 1), value(column + 1, row + 1), tx);
    return Ramp.mix(above, below, ty);
  }

  /** Octaves of halved amplitude and doubled frequency; within -2..2, mostly -1..1. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double amplitude = 1;
    double frequency = 1;
    for (int i = 0; i < octaves; i++) {
      sum += amplitude * at(x * frequency + 17 * i, y * frequency - 31 * i);
      amplitude /= 2;
      frequency *= 2;
    }
    return sum;
  }

  private double value(long column, long row) {
    long z = key + column * 0x9E3779B97F4A7C15L + row * 0xC2B2AE3D27D4EB4FL;
    z = (z ^ (z >>> 29)) * 0xBF58476D1CE4E5B9L;
    z ^= z >>> 32;
    return (int) z * 0x1.0p-31;
  }

  private static long floor(double x) {
    long truncated = (long) x;
    return x < truncated ? truncated - 1 : truncated;
  }
}
