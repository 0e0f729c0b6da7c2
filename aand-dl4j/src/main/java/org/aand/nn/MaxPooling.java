package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Max pooling 3x3, stride 2, padding 1; of frozen networks only, so without a gradient.
 *
 * <ul>
 *   <li>input: {@code [N, H, W, C]}
 *   <li>output: {@code [N, (H+1)/2, (W+1)/2, C]}
 * </ul>
 */
public final class MaxPooling extends KernelOp {
  private MaxPooling(SDVariable x) {
    super(x.getSameDiff(), 1, x);
  }

  /** The pooled map as a variable of the graph. */
  public static SDVariable of(SDVariable x) {
    return new MaxPooling(x).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], (x[1] + 1) / 2, (x[2] + 1) / 2, x[3]});
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.call(
        "maxpool2d", List.of(b.in(0)), List.of(b.out(0)), 3, 3, 2, 2, 1, 1, 1, 1, 0, 0, 1);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("max pooling belongs to the frozen teacher");
  }
}
