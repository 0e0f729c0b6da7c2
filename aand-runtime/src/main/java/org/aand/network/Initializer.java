package org.aand.network;

import java.util.random.RandomGenerator;

/** How a parameter starts. */
public sealed interface Initializer {
  /** The value of the next element in row-major order. */
  double draw(RandomGenerator random);

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public double draw(RandomGenerator random) {
      return deviation * random.nextGaussian();
    }
  }

  /** Uniform between minus and plus the bound. */
  record Uniform(double bound) implements Initializer {
    @Override
    public double draw(RandomGenerator random) {
      return bound * (2 * random.nextDouble() - 1);
    }
  }

  /** One value for all. */
  record Constant(double value) implements Initializer {
    @Override
    public double draw(RandomGenerator random) {
      return value;
    }
  }
}
