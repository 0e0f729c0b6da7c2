package org.aand.loss;

import java.util.List;
import org.aand.nn.Binding;
import org.aand.nn.HostValues;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The features at chosen locations of frozen maps; not differentiable.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>indices: {@code [n]}, each {@code 0 .. N H W - 1}
 *   <li>output: {@code [n, 1, 1, C]}
 * </ul>
 */
public final class RowSelection extends KernelOp {
  private RowSelection(SDVariable x, SDVariable indices) {
    super(x.getSameDiff(), 1, x, indices);
  }

  /** The chosen features as a variable of the graph. */
  public static SDVariable of(SDVariable x, SDVariable indices) {
    return new RowSelection(x, indices).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {inputs.get(1)[0], 1, 1, inputs.get(0)[3]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    return () -> {
      double[] indices = HostValues.read(b.in(1));
      int[] rows = new int[indices.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (int) indices[i];
      }
      Nd4j.pullRows(x, y, 1, rows);
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("rows are chosen from frozen features");
  }
}
