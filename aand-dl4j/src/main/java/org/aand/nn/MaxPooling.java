package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Max pooling 3x3, stride 2, padding 1.
 *
 * <ul>
 *   <li>input: {@code [N, H, W, C]}
 *   <li>output: {@code [N, (H+1)/2, (W+1)/2, C]}
 * </ul>
 */
public final class MaxPooling extends KernelOp {
  private static final long[] ARGUMENTS = {3, 3, 2, 2, 1, 1, 1, 1, 0, 0, 1};

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
    return b.call("maxpool2d", List.of(b.in(0)), List.of(b.out(0)), ARGUMENTS);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(arg(0), dy).outputVariables();
  }

  /** Inputs x, dy; output dx. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      return b.call("maxpool2d_bp", List.of(b.in(0), b.in(1)), List.of(b.out(0)), ARGUMENTS);
    }
  }
}
