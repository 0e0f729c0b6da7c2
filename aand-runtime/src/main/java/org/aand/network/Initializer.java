package org.aand.network;

import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** How a parameter starts. */
public sealed interface Initializer {
  /**
   * The value of the next element in row-major order.
   *
   * @param index which one it is, from 0
   */
  double draw(RandomGenerator random, int index);

  /** Normal with mean 0. */
  record Normal(double deviation) implements Initializer {
    @Override
    public double draw(RandomGenerator random, int index) {
      return deviation * random.nextGaussian();
    }
  }

  /** Uniform between minus and plus the bound. */
  record Uniform(double bound) implements Initializer {
    @Override
    public double draw(RandomGenerator random, int index) {
      return bound * (2 * random.nextDouble() - 1);
    }
  }

  /** One value for all. */
  record Constant(double value) implements Initializer {
    @Override
    public double draw(RandomGenerator random, int index) {
      return value;
    }
  }

  /**
   * Values that follow from the network's form and are not trained.
   *
   * @param value of each element in row-major order
   */
  record Given(IntToDoubleFunction value) implements Initializer {
    @Override
    public double draw(RandomGenerator random, int index) {
      return value.applyAsDouble(index);
    }
  }
}
