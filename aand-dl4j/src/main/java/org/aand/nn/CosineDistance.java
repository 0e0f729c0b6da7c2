package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code 1 - cos} of two feature maps at every location: the discrepancy that detection adds up.
 *
 * <ul>
 *   <li>a, b: {@code [N, H, W, C]}
 *   <li>output: {@code [N, H, W, 1]}, in [0, 2]
 * </ul>
 */
public final class CosineDistance extends KernelOp {
  /** Norms below count as this, as in PyTorch's cosine similarity. */
  public static final double MIN_NORM = 1e-8;

  private CosineDistance(SDVariable a, SDVariable b) {
    super(a.getSameDiff(), 1, a, b);
  }

  /** The distance as a variable of the graph; not differentiable. */
  public static SDVariable of(SDVariable a, SDVariable b) {
    return new CosineDistance(a, b).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], x[1], x[2], 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.in(1));
    var product = b.scratch(x.shape());
    var normX = b.scratch(x.size(0), 1);
    var normY = b.scratch(x.size(0), 1);
    var distance = Binding.rows(b.out(0));
    var steps = new ArrayList<Runnable>();
    steps.add(norm(b, x, product, normX));
    steps.add(norm(b, y, product, normY));
    steps.add(b.multiply(x, y, product));
    steps.add(b.rowSums(product, distance));
    steps.add(
        () -> {
          normX.muli(normY);
          distance.divi(normX);
          distance.rsubi(1);
        });
    return Binding.sequence(steps);
  }

  private static Runnable norm(Binding b, INDArray x, INDArray product, INDArray norm) {
    return Binding.sequence(
        List.of(
            b.multiply(x, x, product),
            b.rowSums(product, norm),
            () -> {
              Transforms.sqrt(norm, false);
              Transforms.max(norm, MIN_NORM, false);
            }));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("training uses DistillationLoss");
  }
}
