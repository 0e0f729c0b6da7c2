package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** {@code sum_i x_i w_i} with fixed w, for tests: turns any output into a loss. */
public final class InnerProduct extends KernelOp {
  private InnerProduct(SDVariable x, SDVariable w) {
    super(x.getSameDiff(), 1, x, w);
  }

  public static SDVariable of(SDVariable x, SDVariable w) {
    return new InnerProduct(x, w).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {1});
  }

  @Override
  protected Runnable bind(Binding b) {
    return () -> {
      double[] x = HostValues.read(b.in(0));
      double[] w = HostValues.read(b.in(1));
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * w[i];
      }
      b.out(0).putScalar(0, sum);
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    return new @Nullable SDVariable[] {
      new Scaled(arg(1), Objects.requireNonNull(outputGradients.get(0)), arg(0))
          .outputVariables()[0],
      null
    };
  }

  private static final class Scaled extends GradientOp {
    Scaled(SDVariable w, SDVariable factor, SDVariable like) {
      super(1, w, factor, like);
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return List.of(inputs.get(2));
    }

    @Override
    protected Runnable bind(Binding b) {
      return () -> {
        b.out(0).assign(b.in(0).reshape(b.out(0).shape()));
        b.out(0).muli(b.in(1).getDouble(0));
      };
    }
  }
}
