package org.aand.demo.product;

import java.util.random.RandomGenerator;

/**
 * Random numbers made from {@link RandomGenerator#nextLong()} alone, whose value is fixed by our
 * own generator; the other methods' algorithms may change with the Java version.
 *
 * @param random the stream
 */
record Draw(RandomGenerator random) {
  private static final double UNIT = 0x1.0p-53;
  private static final double BELL_SCALE = Math.sqrt(3);

  /** Uniform in [0, 1). */
  double unit() {
    return (random.nextLong() >>> 11) * UNIT;
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** Uniform in 0..bound-1. */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  /** -1 or 1. */
  int sign() {
    return random.nextLong() < 0 ? -1 : 1;
  }

  /** An angle in radians, [0, 2 pi). */
  double angle() {
    return 2 * Math.PI * unit();
  }

  /** Nearly normal: four uniforms' sum, mean 0, standard deviation 1, within -3.5..3.5. */
  double bell() {
    long bits = random.nextLong();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return (sum / 65535.0 - 2) * BELL_SCALE;
  }

  /** A field of noise of its own. */
  LatticeNoise noise() {
    return new LatticeNoise(random.nextLong());
  }
}
