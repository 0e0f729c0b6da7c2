package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code gate * v}: a residual that is not a scaled feature, let through by its gate.
 *
 * <ul>
 *   <li>v: {@code [N, H, W, C]}, R = N H W
 *   <li>gate: {@code [R, 1]}
 *   <li>output: {@code [N, H, W, C]}
 * </ul>
 */
public final class Gating extends KernelOp {
  private Gating(SDVariable v, SDVariable gate) {
    super(v.getSameDiff(), 1, v, gate);
  }

  /** The product as a variable of the graph. */
  public static SDVariable of(SDVariable v, SDVariable gate) {
    return new Gating(v, gate).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.multiply(Binding.rows(b.in(0)), b.in(1), Binding.rows(b.out(0)));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(arg(0), arg(1), dy).outputVariables();
  }

  /** Inputs v, gate, dy; outputs dv, dGate. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(2, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var v = Binding.rows(b.in(0));
      var dy = Binding.rows(b.in(2));
      var dv = Binding.rows(b.out(0));
      return Binding.sequence(
          List.of(b.multiply(dy, v, dv), b.rowSums(dv, b.out(1)), b.multiply(dy, b.in(1), dv)));
    }
  }
}
