package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code limit - x}: what a score lacks to its limit; not differentiable.
 *
 * <ul>
 *   <li>x: of any shape
 *   <li>output: of the same shape
 * </ul>
 */
final class MarginDeficit extends KernelOp {
  private final double limit;

  private MarginDeficit(SDVariable x, double limit) {
    super(x.getSameDiff(), 1, x);
    this.limit = limit;
  }

  static SDVariable of(SDVariable x, double limit) {
    return new MarginDeficit(x, limit).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs;
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = b.in(0);
    var y = b.out(0);
    return () -> x.rsub(limit, y);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("training uses TruncatedLoss");
  }
}
