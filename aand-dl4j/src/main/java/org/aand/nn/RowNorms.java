package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The Euclidean norm of the feature at every location; not differentiable.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>output: {@code [N, H, W, 1]}
 * </ul>
 */
public final class RowNorms extends KernelOp {
  private RowNorms(SDVariable x) {
    super(x.getSameDiff(), 1, x);
  }

  /** The norms as a variable of the graph. */
  public static SDVariable of(SDVariable x) {
    return new RowNorms(x).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], x[1], x[2], 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var norms = Binding.rows(b.out(0));
    var squares = b.scratch(x.shape());
    return Binding.sequence(
        List.of(
            b.multiply(x, x, squares),
            b.rowSums(squares, norms),
            () -> Transforms.sqrt(norms, false)));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("norms are observed, not trained on");
  }
}
