package org.aand.golden;

import java.nio.charset.StandardCharsets;

/**
 * The counter-based generator from which the reference values' parameters and images are drawn, so
 * that none of them has to be stored.
 *
 * @param seed of the golden set
 */
record PortableParameters(long seed) {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  /** The key of a name: its FNV-1a hash and the seed. */
  long key(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return hash ^ (seed * STEP);
  }

  /** The i-th number of a key, in [0, 1), a multiple of 2^-24. */
  static double uniform(long key, long i) {
    long z = key + (i + 1) * STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 40) / 0x1p24;
  }

  /** The i-th number of a key between minus and plus the bound, rounded to float32. */
  static float symmetric(long key, long i, double bound) {
    return (float) ((2 * uniform(key, i) - 1) * bound);
  }

  /** The first numbers of a name, in [0, 1). */
  double[] uniform(String name, int count) {
    return uniform(name, count, 1);
  }

  /** Every stride-th number of a name. */
  double[] uniform(String name, int count, long stride) {
    long key = key(name);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = uniform(key, i * stride);
    }
    return values;
  }

  /** The first numbers of a name between minus and plus the bound, rounded to float32. */
  double[] symmetric(String name, double bound, int count) {
    return symmetric(name, bound, count, 1);
  }

  /** Every stride-th number of a name between minus and plus the bound, rounded to float32. */
  double[] symmetric(String name, double bound, int count, long stride) {
    long key = key(name);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = symmetric(key, i * stride, bound);
    }
    return values;
  }
}
