package org.aand.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code a + b} of two arrays of one shape.
 *
 * <ul>
 *   <li>inputs: a, b of any shape
 *   <li>output: of the same shape
 * </ul>
 */
public final class Sum extends KernelOp {
  private Sum(SDVariable a, SDVariable b) {
    super(a.getSameDiff(), 1, a, b);
  }

  /** The sum as a variable of the graph. */
  public static SDVariable of(SDVariable a, SDVariable b) {
    return new Sum(a, b).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    if (!Arrays.equals(inputs.get(0), inputs.get(1))) {
      throw new IllegalArgumentException(
          "sum of " + Arrays.toString(inputs.get(0)) + " and " + Arrays.toString(inputs.get(1)));
    }
    return List.of(inputs.get(0));
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.add(b.in(0), b.in(1), b.out(0));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    return new @Nullable SDVariable[] {outputGradients.get(0), outputGradients.get(0)};
  }
}
