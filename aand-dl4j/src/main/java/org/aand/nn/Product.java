package org.aand.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code a * b} elementwise of two arrays of one shape.
 *
 * <ul>
 *   <li>inputs: a, b of any shape
 *   <li>output: of the same shape
 * </ul>
 */
public final class Product extends KernelOp {
  private Product(SDVariable a, SDVariable b) {
    super(a.getSameDiff(), 1, a, b);
  }

  /** The product as a variable of the graph. */
  public static SDVariable of(SDVariable a, SDVariable b) {
    return new Product(a, b).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    if (!Arrays.equals(inputs.get(0), inputs.get(1))) {
      throw new IllegalArgumentException(
          "product of "
              + Arrays.toString(inputs.get(0))
              + " and "
              + Arrays.toString(inputs.get(1)));
    }
    return List.of(inputs.get(0));
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.multiply(b.in(0), b.in(1), b.out(0));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new @Nullable SDVariable[] {
      needed[0] ? of(dy, arg(1)) : null, needed[1] ? of(dy, arg(0)) : null
    };
  }
}
