package org.aand.nn;

import java.util.List;
import org.aand.network.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Activations at the end of an operation, in place, and their gradients. */
final class Activations {
  private Activations() {}

  /** Applies the function to {@code y} in place. */
  static Runnable forward(Activation activation, Binding b, INDArray y) {
    return switch (activation) {
      case NONE -> () -> {};
      case RELU -> b.call("relu", List.of(y), List.of(y), new long[0], new double[] {0});
      case TANH -> b.call("tanh", List.of(y), List.of(y));
    };
  }

  /** From the function's value and its gradient to the gradient of its argument. */
  static Runnable backward(Activation activation, Binding b, INDArray y, INDArray dy, INDArray dx) {
    return switch (activation) {
      case NONE -> () -> dx.assign(dy);
      case RELU -> {
        var step = new Step(y, dx, 0);
        var product = b.multiply(dy, dx, dx);
        yield () -> {
          Nd4j.getExecutioner().exec(step);
          product.run();
        };
      }
      case TANH ->
          Binding.sequence(
              List.of(b.multiply(y, y, dx), b.multiply(dx, dy, dx), b.subtract(dy, dx, dx)));
    };
  }
}
