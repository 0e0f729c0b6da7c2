package org.aand.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Features and, behind them, the same with noise added.
 *
 * <ul>
 *   <li>x, noise: {@code [N, H, W, C]}
 *   <li>output: {@code [2N, H, W, C]}: x, then x + noise
 * </ul>
 */
public final class NoisyPairs extends KernelOp {
  private NoisyPairs(SDVariable x, SDVariable noise) {
    super(x.getSameDiff(), 1, x, noise);
  }

  /** The pairs as a variable of the graph. */
  public static SDVariable of(SDVariable x, SDVariable noise) {
    return new NoisyPairs(x, noise).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    if (!Arrays.equals(inputs.get(0), inputs.get(1))) {
      throw new IllegalArgumentException("noise of another shape than its features");
    }
    long[] shape = inputs.get(0).clone();
    shape[0] *= 2;
    return List.of(shape);
  }

  private static INDArray half(INDArray pairs, int which) {
    long rows = pairs.size(0) / 2;
    return pairs.get(NDArrayIndex.interval(which * rows, (which + 1) * rows), NDArrayIndex.all());
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var clean = half(Binding.rows(b.out(0)), 0);
    var noisy = half(Binding.rows(b.out(0)), 1);
    var add = b.add(x, Binding.rows(b.in(1)), noisy);
    return () -> {
      clean.assign(x);
      add.run();
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    if (needed[1]) {
      throw new UnsupportedOperationException("noise is not trained");
    }
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new @Nullable SDVariable[] {new Backward(arg(0), dy).outputVariables()[0], null};
  }

  /** Inputs x, dy; output dx. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var dy = Binding.rows(b.in(1));
      return b.add(half(dy, 0), half(dy, 1), Binding.rows(b.out(0)));
    }
  }
}
