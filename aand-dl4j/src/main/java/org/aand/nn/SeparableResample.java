package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.LocationMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A fixed linear map of locations, built alike for rows and columns, the same for every channel:
 * {@code y = A x B^T}, as smoothing and enlarging are; of frozen features, so without a gradient.
 *
 * <ul>
 *   <li>x: {@code [N, h, w, C]}
 *   <li>A: {@code [H, h]}, B: {@code [W, w]}
 *   <li>output: {@code [N, H, W, C]}
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
    return List.of(new long[] {x[0], x[1] * enlargement, x[2] * enlargement, x[3]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    int height = Math.toIntExact(b.in(0).size(1));
    int width = Math.toIntExact(b.in(0).size(2));
    long from = (long) height * width;
    long to = from * enlargement * enlargement;
    var both = b.constant(bothSides(height, width), to, from);
    var steps = new ArrayList<Runnable>();
    for (long n = 0; n < b.in(0).size(0); n++) {
      var image = x.get(NDArrayIndex.interval(n * from, (n + 1) * from), NDArrayIndex.all());
      var mapped = y.get(NDArrayIndex.interval(n * to, (n + 1) * to), NDArrayIndex.all());
      steps.add(b.matmul(both, false, image, false, mapped));
    }
    return Binding.sequence(steps);
  }

  /** {@code [H W, h w]}: the product of a row's and a column's factor. */
  private double[] bothSides(int height, int width) {
    double[] down = side.matrix(height);
    double[] along = side.matrix(width);
    double[] both = new double[down.length * along.length];
    int at = 0;
    for (int i = 0; i < height * enlargement; i++) {
      for (int j = 0; j < width * enlargement; j++) {
        for (int k = 0; k < height; k++) {
          for (int l = 0; l < width; l++) {
            both[at++] = down[i * height + k] * along[j * width + l];
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
