package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Transposed convolution 2x2 with stride 2: every location becomes a 2x2 patch.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>kernel: {@code [2, 2, D, C]}
 *   <li>bias: {@code [D]}, optional, of frozen networks
 *   <li>output: {@code [N, 2H, 2W, D]}
 * </ul>
 */
public final class TransposedConvolution extends KernelOp {
  private static final long[] ARGUMENTS = {2, 2, 2, 2, 0, 0, 1, 1, 0, 1, 0};

  private final Activation activation;

  private TransposedConvolution(Activation activation, SDVariable... inputs) {
    super(inputs[0].getSameDiff(), 1, inputs);
    this.activation = activation;
  }

  /** A transposed convolution without bias, for a normalisation to follow. */
  public static SDVariable of(SDVariable x, SDVariable kernel) {
    return new TransposedConvolution(Activation.NONE, x, kernel).outputVariables()[0];
  }

  /** A transposed convolution with bias and activation; not differentiable. */
  public static SDVariable of(
      SDVariable x, SDVariable kernel, SDVariable bias, Activation activation) {
    return new TransposedConvolution(activation, x, kernel, bias).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    long[] kernel = inputs.get(1);
    return List.of(new long[] {x[0], 2 * x[1], 2 * x[2], kernel[2]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var y = b.out(0);
    var product = b.call("deconv2d", List.of(b.in(0), b.in(1)), List.of(y), ARGUMENTS);
    if (b.inputs() == 2) {
      return product;
    }
    return Binding.sequence(
        List.of(
            product, b.call("biasadd", List.of(y, b.in(2)), List.of(y)), activation.forward(b, y)));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    if (args().length > 2) {
      throw new UnsupportedOperationException("a folded transposed convolution is frozen");
    }
    return new Backward(arg(0), arg(1), Objects.requireNonNull(outputGradients.get(0)))
        .outputVariables();
  }

  private static final class Backward extends GradientOp {
    Backward(SDVariable x, SDVariable kernel, SDVariable dy) {
      super(x.getSameDiff(), 2, x, kernel, dy);
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return inputs.subList(0, 2);
    }

    @Override
    protected Runnable bind(Binding b) {
      return b.call(
          "deconv2d_bp",
          List.of(b.in(0), b.in(1), b.in(2)),
          List.of(b.out(0), b.out(1)),
          ARGUMENTS);
    }
  }
}
