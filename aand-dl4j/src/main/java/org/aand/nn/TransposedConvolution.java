package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.aand.network.Activation;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    var product = forward(b, b.in(0), b.in(1), y);
    if (b.inputs() == 2) {
      return product;
    }
    return Binding.sequence(
        List.of(
            product,
            b.call("biasadd", List.of(y, b.in(2)), List.of(y)),
            Activations.forward(activation, b, y)));
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

  /** One product gives every location its patch; the patches are then put side by side. */
  private static Runnable forward(Binding b, INDArray x, INDArray kernel, INDArray y) {
    var rows = Binding.rows(x);
    var matrix = matrix(kernel);
    var patches = b.scratch(rows.size(0), matrix.size(0));
    var source = byLocation(patches, y);
    var target = byMap(y);
    return Binding.sequence(
        List.of(
            ConvolutionKernels.product(b, rows, matrix, KernelLayout.CHANNELS_OUT_FIRST, patches),
            () -> target.assign(source)));
  }

  /** {@code [4 D, C]}. */
  private static INDArray matrix(INDArray kernel) {
    return kernel.reshape('c', 4 * kernel.size(2), kernel.size(3));
  }

  /** Patches {@code [R, 4 D]} in the order of {@link #byMap}. */
  private static INDArray byLocation(INDArray patches, INDArray y) {
    return patches
        .reshape('c', y.size(0) * y.size(1) / 2, y.size(2) / 2, 2, 2 * y.size(3))
        .permute(0, 2, 1, 3);
  }

  /** The map as {@code [N H, 2, W, 2 D]}: rows of input, rows of a patch, columns, the rest. */
  private static INDArray byMap(INDArray y) {
    return y.reshape('c', y.size(0) * y.size(1) / 2, 2, y.size(2) / 2, 2 * y.size(3));
  }

  private static final class Backward extends GradientOp {
    Backward(SDVariable x, SDVariable kernel, SDVariable dy) {
      super(2, x, kernel, dy);
    }

    @Override
    protected Runnable bind(Binding b) {
      var x = Binding.rows(b.in(0));
      var kernel = matrix(b.in(1));
      var dy = b.in(2);
      var gathered = b.scratch(x.size(0), kernel.size(0));
      var target = byLocation(gathered, dy);
      var source = byMap(dy);
      return Binding.sequence(
          List.of(
              () -> target.assign(source),
              b.matmul(gathered, false, kernel, false, Binding.rows(b.out(0))),
              b.matmul(gathered, true, x, false, matrix(b.out(1)))));
    }
  }
}
