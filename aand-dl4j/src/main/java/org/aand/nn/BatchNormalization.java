package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation by the statistics of the batch, an optional residual, an activation.
 *
 * <p>{@code y = act(gamma (x - mean) / sqrt(variance + epsilon) + beta + residual)}, mean and
 * (biased) variance over {@code N, H, W}.
 *
 * <ul>
 *   <li>x, residual: {@code [N, H, W, C]}
 *   <li>gamma, beta: {@code [C]}
 *   <li>outputs: y {@code [N, H, W, C]}, mean {@code [1, C]}, variance {@code [1, C]}, how many
 *       values each is of {@code [1]}
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>S. Ioffe, C. Szegedy. Batch normalization. ICML 2015.
 * </ol>
 */
public final class BatchNormalization extends KernelOp {
  private final double epsilon;
  private final Activation activation;

  private BatchNormalization(List<SDVariable> inputs, double epsilon, Activation activation) {
    super(inputs.get(0).getSameDiff(), 4, inputs.toArray(SDVariable[]::new));
    this.epsilon = epsilon;
    this.activation = activation;
  }

  /**
   * The normalised map and the statistics of the batch.
   *
   * @param y the normalised map
   * @param mean of the batch
   * @param variance of the batch, biased
   * @param count how many values each statistic is of
   */
  public record Result(SDVariable y, SDVariable mean, SDVariable variance, SDVariable count) {}

  /**
   * Adds the operation.
   *
   * @param residual added before the activation, or null
   */
  public static Result of(
      SDVariable x,
      SDVariable gamma,
      SDVariable beta,
      @Nullable SDVariable residual,
      double epsilon,
      Activation activation) {
    var inputs = new ArrayList<>(List.of(x, gamma, beta));
    if (residual != null) {
      inputs.add(residual);
    }
    var outputs = new BatchNormalization(inputs, epsilon, activation).outputVariables();
    return new Result(outputs[0], outputs[1], outputs[2], outputs[3]);
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    long[] row = {1, x[x.length - 1]};
    return List.of(x, row, row, new long[] {1});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    var mean = b.out(1);
    var variance = b.out(2);
    double count = x.size(0);
    var square = b.scratch(x.shape());
    var scale = b.scratch(variance.shape());
    var steps = new ArrayList<Runnable>();
    steps.add(() -> b.out(3).putScalar(0, count));
    steps.add(b.columnSums(x, mean));
    steps.add(() -> mean.divi(count));
    steps.add(b.subtract(x, mean, y));
    steps.add(b.multiply(y, y, square));
    steps.add(b.columnSums(square, variance));
    steps.add(() -> variance.divi(count));
    steps.add(scale(b, variance, b.in(1), epsilon, scale));
    steps.add(b.multiply(y, scale, y));
    steps.add(b.call("biasadd", List.of(b.out(0), b.in(2)), List.of(b.out(0))));
    if (b.inputs() > 3) {
      steps.add(b.add(b.out(0), b.in(3), b.out(0)));
    }
    if (activation != Activation.NONE) {
      steps.add(activation.forward(b, b.out(0)));
    }
    return Binding.sequence(steps);
  }

  /** {@code scale = gamma / sqrt(variance + epsilon)}; a few values, in double. */
  private static Runnable scale(
      Binding b, INDArray variance, INDArray gamma, double epsilon, INDArray scale) {
    return () -> {
      for (long c = 0; c < scale.length(); c++) {
        scale.putScalar(c, gamma.getDouble(c) / Math.sqrt(variance.getDouble(c) + epsilon));
      }
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var out = outputVariables();
    var inputs =
        new ArrayList<>(
            List.of(
                arg(0), arg(1), out[1], out[2], Objects.requireNonNull(outputGradients.get(0))));
    if (activation != Activation.NONE) {
      inputs.add(out[0]);
    }
    return new Backward(inputs, this, args().length > 3).outputVariables();
  }

  /** Inputs x, gamma, mean, variance, dy, [y]; outputs dx, dGamma, dBeta, [dResidual]. */
  private static final class Backward extends GradientOp {
    private final BatchNormalization forward;
    private final boolean residual;

    Backward(List<SDVariable> inputs, BatchNormalization forward, boolean residual) {
      super(inputs.get(0).getSameDiff(), residual ? 4 : 3, inputs.toArray(SDVariable[]::new));
      this.forward = forward;
      this.residual = residual;
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      var shapes = new ArrayList<>(List.of(inputs.get(0), inputs.get(1), inputs.get(1)));
      if (residual) {
        shapes.add(inputs.get(0));
      }
      return shapes;
    }

    @Override
    protected Runnable bind(Binding b) {
      var x = Binding.rows(b.in(0));
      var gamma = b.in(1);
      var variance = b.in(3);
      var dx = Binding.rows(b.out(0));
      long channels = x.size(1);
      double count = x.size(0);
      var dGamma = b.out(1).reshape(1, channels);
      var dBeta = b.out(2).reshape(1, channels);
      var steps = new ArrayList<Runnable>();

      INDArray g = Binding.rows(b.in(4));
      if (forward.activation != Activation.NONE) {
        g = residual ? Binding.rows(b.out(3)) : b.scratch(x.shape());
        steps.add(forward.activation.backward(b, Binding.rows(b.in(5)), Binding.rows(b.in(4)), g));
      } else if (residual) {
        var dResidual = b.out(3);
        steps.add(() -> dResidual.assign(b.in(4)));
      }

      var normalised = b.scratch(x.shape());
      var ofX = b.scratch(1, channels);
      var ofG = b.scratch(1, channels);
      var shift = b.scratch(1, channels);
      steps.add(b.columnSums(g, dBeta));
      steps.add(b.subtract(x, b.in(2), normalised));
      steps.add(b.multiply(normalised, g, dx));
      steps.add(b.columnSums(dx, dGamma));
      steps.add(
          () -> {
            for (long c = 0; c < channels; c++) {
              double inv = 1 / Math.sqrt(variance.getDouble(c) + forward.epsilon);
              double dg = dGamma.getDouble(c) * inv;
              double scale = gamma.getDouble(c) * inv;
              dGamma.putScalar(c, dg);
              ofG.putScalar(c, scale);
              ofX.putScalar(c, -scale * dg * inv / count);
              shift.putScalar(c, -scale * dBeta.getDouble(c) / count);
            }
          });
      steps.add(b.multiply(g, ofG, dx));
      steps.add(b.multiply(normalised, ofX, normalised));
      steps.add(b.add(dx, normalised, dx));
      steps.add(b.call("biasadd", List.of(b.out(0), shift.reshape(channels)), List.of(b.out(0))));
      return Binding.sequence(steps);
    }
  }
}
