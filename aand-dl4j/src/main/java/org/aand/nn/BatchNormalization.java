package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aand.network.Activation;
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
    var chunks = RowChunks.of(x);
    var xs = chunks.views(x);
    var ys = chunks.views(y);
    var squares = chunks.reused(b.scratch(chunks.size(), x.size(1)));
    var partial = b.scratch(chunks.count(), x.size(1));
    var scale = b.scratch(variance.shape());
    var steps = new ArrayList<Runnable>();
    steps.add(() -> b.out(3).putScalar(0, count));
    steps.add(b.columnSums(x, mean));
    steps.add(() -> mean.divi(count));
    for (int i = 0; i < chunks.count(); i++) {
      steps.add(b.subtract(xs.get(i), mean, ys.get(i)));
      steps.add(b.multiply(ys.get(i), ys.get(i), squares.get(i)));
      steps.add(b.columnSums(squares.get(i), RowChunks.row(partial, i)));
    }
    steps.add(b.columnSums(partial, variance));
    steps.add(() -> variance.divi(count));
    steps.add(scale(variance, b.in(1), epsilon, scale));
    var residuals = b.inputs() > 3 ? chunks.views(Binding.rows(b.in(3))) : List.<INDArray>of();
    for (int i = 0; i < chunks.count(); i++) {
      steps.add(b.multiply(ys.get(i), scale, ys.get(i)));
      steps.add(b.addBias(ys.get(i), b.in(2)));
      if (!residuals.isEmpty()) {
        steps.add(b.add(ys.get(i), residuals.get(i), ys.get(i)));
      }
      if (activation != Activation.NONE) {
        steps.add(Activations.forward(activation, b, ys.get(i)));
      }
    }
    return Binding.sequence(steps);
  }

  /** {@code scale = gamma / sqrt(variance + epsilon)}; a few values, in double. */
  private static Runnable scale(INDArray variance, INDArray gamma, double epsilon, INDArray scale) {
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
      super(residual ? 4 : 3, inputs.toArray(SDVariable[]::new));
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
      long channels = x.size(1);
      var chunks = RowChunks.of(x);
      var xs = chunks.views(x);
      var dxs = chunks.views(Binding.rows(b.out(0)));
      var gradients = ofArgument(b, chunks);
      var normalised = chunks.reused(b.scratch(chunks.size(), channels));
      var partial = b.scratch(2L * chunks.count(), channels);
      var dGamma = b.out(1).reshape(1, channels);
      var dBeta = b.out(2).reshape(1, channels);
      var factors = new Factors(b, channels);
      var steps = new ArrayList<Runnable>();
      for (int i = 0; i < chunks.count(); i++) {
        var g = gradients.get(i);
        steps.add(g.compute());
        steps.add(b.columnSums(g.array(), RowChunks.row(partial, i)));
        steps.add(b.subtract(xs.get(i), b.in(2), normalised.get(i)));
        steps.add(b.multiply(normalised.get(i), g.array(), normalised.get(i)));
        steps.add(b.columnSums(normalised.get(i), RowChunks.row(partial, chunks.count() + i)));
      }
      var halves = partial.reshape('c', 2, chunks.count(), channels);
      steps.add(b.columnSums(halves.slice(0), dBeta));
      steps.add(b.columnSums(halves.slice(1), dGamma));
      steps.add(() -> factors.set(b.in(1), b.in(3), dGamma, dBeta, (double) x.size(0)));
      for (int i = 0; i < chunks.count(); i++) {
        var g = gradients.get(i);
        steps.add(g.again());
        steps.add(b.subtract(xs.get(i), b.in(2), normalised.get(i)));
        steps.add(b.multiply(normalised.get(i), factors.ofX, normalised.get(i)));
        steps.add(b.multiply(g.array(), factors.ofG, dxs.get(i)));
        steps.add(b.add(dxs.get(i), normalised.get(i), dxs.get(i)));
        steps.add(b.addBias(dxs.get(i), factors.shift.reshape(channels)));
      }
      return Binding.sequence(steps);
    }

    /**
     * The gradient of the activation's argument in one chunk.
     *
     * @param array where it is
     * @param compute computes it
     * @param again computes it once more where it has not been kept
     */
    private record ChunkGradient(INDArray array, Runnable compute, Runnable again) {}

    private List<ChunkGradient> ofArgument(Binding b, RowChunks chunks) {
      var given = chunks.views(Binding.rows(b.in(4)));
      boolean activated = forward.activation != Activation.NONE;
      var ys = activated ? chunks.views(Binding.rows(b.in(5))) : given;
      var kept = residual ? chunks.views(Binding.rows(b.out(3))) : List.<INDArray>of();
      var passing =
          activated && !residual
              ? chunks.reused(b.scratch(chunks.size(), b.in(0).size(3)))
              : List.<INDArray>of();
      Runnable nothing = () -> {};
      var gradients = new ArrayList<ChunkGradient>();
      for (int i = 0; i < chunks.count(); i++) {
        if (residual) {
          var compute =
              Activations.backward(forward.activation, b, ys.get(i), given.get(i), kept.get(i));
          gradients.add(new ChunkGradient(kept.get(i), compute, nothing));
        } else if (activated) {
          var compute =
              Activations.backward(forward.activation, b, ys.get(i), given.get(i), passing.get(i));
          gradients.add(new ChunkGradient(passing.get(i), compute, compute));
        } else {
          gradients.add(new ChunkGradient(given.get(i), nothing, nothing));
        }
      }
      return gradients;
    }

    /** dx = ofG g + ofX (x - mean) + shift, a factor a channel. */
    private final class Factors {
      private final INDArray ofX;
      private final INDArray ofG;
      private final INDArray shift;

      Factors(Binding b, long channels) {
        ofX = b.scratch(1, channels);
        ofG = b.scratch(1, channels);
        shift = b.scratch(1, channels);
      }

      /** Sets the factors; dGamma comes as the sum of g (x - mean) and is completed. */
      void set(INDArray gamma, INDArray variance, INDArray dGamma, INDArray dBeta, double count) {
        for (long c = 0; c < dGamma.length(); c++) {
          double inv = 1 / Math.sqrt(variance.getDouble(c) + forward.epsilon);
          double dg = dGamma.getDouble(c) * inv;
          double scale = gamma.getDouble(c) * inv;
          dGamma.putScalar(c, dg);
          ofG.putScalar(c, scale);
          ofX.putScalar(c, -scale * dg * inv / count);
          shift.putScalar(c, -scale * dBeta.getDouble(c) / count);
        }
      }
    }
  }
}
