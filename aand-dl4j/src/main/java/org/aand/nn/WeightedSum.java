package org.aand.nn;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code sum_i w_i x_i} of scalars: the total of several losses.
 *
 * <ul>
 *   <li>inputs: any number of {@code [1]}
 *   <li>output: {@code [1]}
 * </ul>
 */
public final class WeightedSum extends KernelOp {
  private final double[] weights;

  private WeightedSum(List<SDVariable> scalars, double[] weights) {
    super(scalars.get(0).getSameDiff(), 1, scalars.toArray(SDVariable[]::new));
    this.weights = weights;
  }

  /**
   * The total of the scalars.
   *
   * @param weights one a scalar
   * @throws IllegalArgumentException if there are none, or not as many weights
   */
  public static SDVariable of(List<SDVariable> scalars, double... weights) {
    if (scalars.isEmpty() || scalars.size() != weights.length) {
      throw new IllegalArgumentException(
          scalars.size() + " scalars, " + weights.length + " weights");
    }
    return new WeightedSum(scalars, weights.clone()).outputVariables()[0];
  }

  /** The plain total. */
  public static SDVariable of(List<SDVariable> scalars) {
    return of(
        scalars, Collections.nCopies(scalars.size(), 1.0).stream().mapToDouble(w -> w).toArray());
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {1});
  }

  @Override
  protected Runnable bind(Binding b) {
    return () -> {
      double total = 0;
      for (int i = 0; i < weights.length; i++) {
        total += weights[i] * b.in(i).getDouble(0);
      }
      b.out(0).putScalar(0, total);
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var gradients = new @Nullable SDVariable[weights.length];
    for (int i = 0; i < weights.length; i++) {
      gradients[i] =
          needed[i]
              ? of(List.of(java.util.Objects.requireNonNull(outputGradients.get(0))), weights[i])
              : null;
    }
    return gradients;
  }
}
