package org.aand.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** An elementwise function at the end of an operation, applied in place. */
public enum Activation {
  /** The identity. */
  NONE {
    @Override
    Runnable forward(Binding b, INDArray y) {
      return () -> {};
    }

    @Override
    Runnable backward(Binding b, INDArray y, INDArray dy, INDArray dx) {
      return () -> dx.assign(dy);
    }
  },
  /** {@code max(0, x)}. */
  RELU {
    @Override
    Runnable forward(Binding b, INDArray y) {
      return b.call("relu", List.of(y), List.of(y), new long[0], new double[] {0});
    }

    @Override
    Runnable backward(Binding b, INDArray y, INDArray dy, INDArray dx) {
      var step = new Step(y, dx, 0);
      var product = b.multiply(dy, dx, dx);
      return () -> {
        Nd4j.getExecutioner().exec(step);
        product.run();
      };
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    Runnable forward(Binding b, INDArray y) {
      return b.call("tanh", List.of(y), List.of(y));
    }

    @Override
    Runnable backward(Binding b, INDArray y, INDArray dy, INDArray dx) {
      return Binding.sequence(
          List.of(b.multiply(y, y, dx), b.multiply(dx, dy, dx), b.subtract(dy, dx, dx)));
    }
  };

  /** Applies the function to {@code y} in place. */
  abstract Runnable forward(Binding b, INDArray y);

  /** From the function's value and its gradient to the gradient of its argument. */
  abstract Runnable backward(Binding b, INDArray y, INDArray dy, INDArray dx);
}
