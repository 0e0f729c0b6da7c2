package org.aand.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aand.network.Activation;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two-dimensional convolution with padding {@code (k-1)/2}, an optional bias, an optional residual
 * and an activation.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>kernel: {@code [k, k, C, D]}, k odd; of frozen networks also {@code [D, k, k, C]}
 *   <li>bias: {@code [D]}
 *   <li>residual: of the output's shape, added before the activation (frozen networks only)
 *   <li>output: {@code [N, ceil(H/s), ceil(W/s), D]}
 * </ul>
 */
public final class Convolution extends KernelOp {
  private final KernelLayout layout;
  private final int stride;
  private final Activation activation;
  private final boolean hasBias;
  private final boolean hasResidual;

  private Convolution(
      List<SDVariable> inputs, KernelLayout layout, int stride, Activation activation) {
    super(inputs.get(0).getSameDiff(), 1, inputs.toArray(SDVariable[]::new));
    this.layout = layout;
    this.stride = stride;
    this.activation = activation;
    this.hasBias = inputs.size() > 2;
    this.hasResidual = inputs.size() > 3;
  }

  /** A convolution without bias, for a normalisation to follow. */
  public static SDVariable of(SDVariable x, SDVariable kernel, int stride) {
    return add(List.of(x, kernel), KernelLayout.CHANNELS_OUT_LAST, stride, Activation.NONE);
  }

  /** A convolution with bias and activation. */
  public static SDVariable of(
      SDVariable x, SDVariable kernel, SDVariable bias, int stride, Activation activation) {
    return add(List.of(x, kernel, bias), KernelLayout.CHANNELS_OUT_LAST, stride, activation);
  }

  /**
   * A convolution of a frozen network: with bias and activation, not differentiable.
   *
   * @param residual added before the activation, or null
   */
  static SDVariable frozen(
      SDVariable x,
      SDVariable kernel,
      KernelLayout layout,
      SDVariable bias,
      @Nullable SDVariable residual,
      int stride,
      Activation activation) {
    var inputs = new ArrayList<>(List.of(x, kernel, bias));
    if (residual != null) {
      inputs.add(residual);
    }
    return add(inputs, layout, stride, activation);
  }

  private static SDVariable add(
      List<SDVariable> inputs, KernelLayout layout, int stride, Activation activation) {
    return new Convolution(inputs, layout, stride, activation).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    long[] kernel = inputs.get(1);
    var shape = KernelShape.of(kernel, layout);
    if (x.length != 4 || x[3] != shape.in()) {
      throw new IllegalArgumentException(
          "convolution of " + Arrays.toString(x) + " with " + Arrays.toString(kernel));
    }
    return List.of(
        new long[] {x[0], (x[1] - 1) / stride + 1, (x[2] - 1) / stride + 1, shape.out()});
  }

  @Override
  protected Runnable bind(Binding b) {
    var y = b.out(0);
    var steps = new ArrayList<Runnable>();
    steps.add(ConvolutionKernels.forward(b, b.in(0), b.in(1), layout, y, stride));
    if (hasBias) {
      steps.add(b.call("biasadd", List.of(y, b.in(2)), List.of(y)));
    }
    if (hasResidual) {
      steps.add(b.add(y, b.in(3), y));
    }
    if (activation != Activation.NONE) {
      steps.add(Activations.forward(activation, b, y));
    }
    return Binding.sequence(steps);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    if (hasResidual || layout != KernelLayout.CHANNELS_OUT_LAST) {
      throw new UnsupportedOperationException("a convolution of a frozen network");
    }
    var inputs = new ArrayList<>(List.of(arg(0), arg(1)));
    inputs.add(Objects.requireNonNull(outputGradients.get(0)));
    if (activation != Activation.NONE) {
      inputs.add(outputVariables()[0]);
    }
    var outputs = new Backward(inputs, this, needed[0]).outputVariables();
    var gradients = new @Nullable SDVariable[args().length];
    gradients[1] = outputs[0];
    int next = 1;
    if (hasBias) {
      gradients[2] = outputs[next++];
    }
    if (needed[0]) {
      gradients[0] = outputs[next];
    }
    return gradients;
  }

  /** Inputs x, kernel, dy and, with an activation, y; outputs dKernel, [dBias], [dx]. */
  private static final class Backward extends GradientOp {
    private final Convolution forward;
    private final boolean needsX;

    Backward(List<SDVariable> inputs, Convolution forward, boolean needsX) {
      super(1 + (forward.hasBias ? 1 : 0) + (needsX ? 1 : 0), inputs.toArray(SDVariable[]::new));
      this.forward = forward;
      this.needsX = needsX;
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      var shapes = new ArrayList<long[]>();
      shapes.add(inputs.get(1));
      if (forward.hasBias) {
        shapes.add(new long[] {inputs.get(1)[3]});
      }
      if (needsX) {
        shapes.add(inputs.get(0));
      }
      return shapes;
    }

    @Override
    protected Runnable bind(Binding b) {
      var dy = b.in(2);
      var steps = new ArrayList<Runnable>();
      INDArray g = dy;
      if (forward.activation != Activation.NONE) {
        g = b.scratch(dy.shape());
        steps.add(Activations.backward(forward.activation, b, b.in(3), dy, g));
      }
      int next = 1;
      if (forward.hasBias) {
        var dBias = b.out(next++);
        steps.add(b.columnSums(Binding.rows(g), dBias.reshape(1, dBias.length())));
      }
      var dx = needsX ? b.out(next) : null;
      steps.add(ConvolutionKernels.backward(b, b.in(0), b.in(1), g, b.out(0), dx, forward.stride));
      return Binding.sequence(steps);
    }
  }
}
