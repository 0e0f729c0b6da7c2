package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code gate * scale * x}: the residual of an RAA module.
 *
 * <ul>
 *   <li>x, scale: {@code [N, H, W, C]}, R = N H W
 *   <li>gate: {@code [R, 1]}
 *   <li>output: {@code [N, H, W, C]}
 * </ul>
 */
public final class GatedScaling extends KernelOp {
  private GatedScaling(SDVariable x, SDVariable scale, SDVariable gate) {
    super(x.getSameDiff(), 1, x, scale, gate);
  }

  /** The product as a variable of the graph. */
  public static SDVariable of(SDVariable x, SDVariable scale, SDVariable gate) {
    return new GatedScaling(x, scale, gate).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(inputs.get(0));
  }

  @Override
  protected Runnable bind(Binding b) {
    var y = Binding.rows(b.out(0));
    return Binding.sequence(
        List.of(
            b.multiply(Binding.rows(b.in(0)), Binding.rows(b.in(1)), y),
            b.multiply(y, b.in(2), y)));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(arg(0), arg(1), arg(2), dy).outputVariables();
  }

  /** Inputs x, scale, gate, dy; outputs dx, dScale, dGate. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(3, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var x = Binding.rows(b.in(0));
      var scale = Binding.rows(b.in(1));
      var gate = b.in(2);
      var dy = Binding.rows(b.in(3));
      var dx = Binding.rows(b.out(0));
      var dScale = Binding.rows(b.out(1));
      return Binding.sequence(
          List.of(
              b.multiply(dy, x, dScale),
              b.multiply(dScale, scale, dx),
              b.rowSums(dx, b.out(2)),
              b.multiply(dScale, gate, dScale),
              b.multiply(dy, scale, dx),
              b.multiply(dx, gate, dx)));
    }
  }
}
