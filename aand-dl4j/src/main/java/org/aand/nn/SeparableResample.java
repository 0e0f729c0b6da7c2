package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.LocationMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A fixed linear map of locations, the same for rows and columns and for every channel: {@code y =
 * A x A^T}, as smoothing and enlarging are; of frozen features, so without a gradient.
 *
 * <ul>
 *   <li>x: {@code [N, h, h, C]}
 *   <li>A: {@code [H, h]}
 *   <li>output: {@code [N, H, H, C]}
 * </ul>
 */
public final class SeparableResample extends KernelOp {
  private final LocationMap side;
  private final int enlargement;

  private SeparableResample(SDVariable x, LocationMap side, int enlargement) {
    super(x.getSameDiff(), 1, x);
    this.side = side;
    this.enlargement = enlargement;
  }

  /**
   * The mapped features as a variable of the graph.
   *
   * @param enlargement H / h
   */
  public static SDVariable of(SDVariable x, LocationMap side, int enlargement) {
    return new SeparableResample(x, side, enlargement).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    if (x[1] != x[2]) {
      throw new IllegalArgumentException("maps of " + x[1] + "x" + x[2] + ", not square");
    }
    return List.of(new long[] {x[0], x[1] * enlargement, x[2] * enlargement, x[3]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    int from = Math.toIntExact(b.in(0).size(1));
    int to = from * enlargement;
    var both =
        b.constant(bothSides(side.matrix(from), to, from), (long) to * to, (long) from * from);
    var steps = new ArrayList<Runnable>();
    for (long n = 0; n < b.in(0).size(0); n++) {
      var image =
          x.get(NDArrayIndex.interval(n * from * from, (n + 1) * from * from), NDArrayIndex.all());
      var mapped = y.get(NDArrayIndex.interval(n * to * to, (n + 1) * to * to), NDArrayIndex.all());
      steps.add(b.matmul(both, false, image, false, mapped));
    }
    return Binding.sequence(steps);
  }

  /** {@code [H H, h h]}: the product of a row's and a column's factor. */
  private static double[] bothSides(double[] matrix, int to, int from) {
    double[] both = new double[to * to * from * from];
    int at = 0;
    for (int i = 0; i < to; i++) {
      for (int j = 0; j < to; j++) {
        for (int k = 0; k < from; k++) {
          for (int l = 0; l < from; l++) {
            both[at++] = matrix[i * from + k] * matrix[j * from + l];
          }
        }
      }
    }
    return both;
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("a fixed map of frozen features");
  }
}
