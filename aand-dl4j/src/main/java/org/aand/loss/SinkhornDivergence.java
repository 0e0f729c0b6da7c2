package org.aand.loss;

import java.util.List;
import java.util.Objects;
import org.aand.nn.Binding;
import org.aand.nn.GradientOp;
import org.aand.nn.HostValues;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Sinkhorn divergence between the first half of a batch and the second, each a set of points:
 * how far one has to be carried to become the other.
 *
 * <p>{@code S = OT(x, y) - OT(x, x) / 2 - OT(y, y) / 2} with the costs {@code |x_i - y_j|^2 / 2}
 * and epsilon the square of the blur, see {@link EntropicTransport}. It is not negative, and 0
 * where both are the same. Its gradient is that of the three optimal values, by the envelope
 * theorem: {@code dS/dx_i = sum_j P_ij (x_i - y_j) - sum_j Q_ij (x_i - x_j)}, P and Q the plans of
 * x to y and of x to itself.
 *
 * <ul>
 *   <li>points: {@code [N, H, W, C]}, one an image, in {@code H W C} dimensions; of an odd number
 *       the first half has one more
 *   <li>output: {@code [1]}; 0 for a single image. For the gradient, symmetric weights {@code [N,
 *       N]} with {@code dS/dz_i = sum_j w_ij (z_i - z_j)}
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>J. Feydy et al. Interpolating between optimal transport and MMD using Sinkhorn divergences.
 *       AISTATS 2019.
 * </ol>
 */
public final class SinkhornDivergence extends KernelOp {
  private final double blur;

  private SinkhornDivergence(SDVariable points, double blur) {
    super(points.getSameDiff(), 2, points);
    this.blur = blur;
  }

  /**
   * The divergence as a variable of the graph.
   *
   * @param blur the length below which points are not told apart, positive
   */
  public static SDVariable of(SDVariable points, double blur) {
    return new SinkhornDivergence(points, blur).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long images = inputs.get(0)[0];
    return List.of(new long[] {1}, new long[] {images, images});
  }

  /** One row an image. */
  private static INDArray points(INDArray array) {
    return array.reshape('c', array.size(0), array.length() / array.size(0));
  }

  @Override
  protected Runnable bind(Binding b) {
    var points = points(b.in(0));
    int count = Math.toIntExact(points.size(0));
    var inner = b.scratch(count, count);
    var products = b.matmul(points, false, points, true, inner);
    return () -> {
      products.run();
      double[] weights = new double[count * count];
      b.out(0).putScalar(0, divergence(HostValues.read(inner), count, weights));
      HostValues.write(weights, b.out(1));
    };
  }

  /** The value; adds up the weights of the gradient. */
  private double divergence(double[] inner, int count, double[] weights) {
    int half = (count + 1) / 2;
    if (half == count) {
      return 0;
    }
    return transport(inner, count, 0, half, half, count, 1, weights)
        + transport(inner, count, 0, half, 0, half, -0.5, weights)
        + transport(inner, count, half, count, half, count, -0.5, weights);
  }

  /** One of the three transports, from rows to columns, times its factor. */
  private double transport(
      double[] inner,
      int count,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      double factor,
      double[] weights) {
    double[][] costs = new double[toRow - fromRow][toColumn - fromColumn];
    for (int i = fromRow; i < toRow; i++) {
      for (int j = fromColumn; j < toColumn; j++) {
        double square = inner[i * count + i] + inner[j * count + j] - 2 * inner[i * count + j];
        costs[i - fromRow][j - fromColumn] = i == j ? 0 : Math.max(0, square / 2);
      }
    }
    var transport = EntropicTransport.of(costs, blur * blur);
    for (int i = fromRow; i < toRow; i++) {
      for (int j = fromColumn; j < toColumn; j++) {
        double weight = factor * transport.plan()[i - fromRow][j - fromColumn];
        weights[i * count + j] += weight;
        weights[j * count + i] += weight;
      }
    }
    return factor * transport.cost();
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var gradient = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(arg(0), outputVariables()[1], gradient).outputVariables();
  }

  /** Inputs points, weights, gradient; output dPoints. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var points = points(b.in(0));
      long count = points.size(0);
      var matrix = b.scratch(count, count);
      var product = b.matmul(matrix, false, points, false, points(b.out(0)));
      return () -> {
        HostValues.write(laplacian(HostValues.read(b.in(1)), b.in(2).getDouble(0)), matrix);
        product.run();
      };
    }

    /** {@code diag(W 1) - W} times the gradient. */
    private static double[] laplacian(double[] weights, double gradient) {
      int count = (int) Math.round(Math.sqrt(weights.length));
      double[] matrix = new double[weights.length];
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
          matrix[i * count + j] -= gradient * weights[i * count + j];
          matrix[i * count + i] += gradient * weights[i * count + j];
        }
      }
      return matrix;
    }
  }
}
