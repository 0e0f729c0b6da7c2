package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Every channel of every image normalised to mean 0 and variance 1, without learned scale and
 * shift.
 *
 * <p>{@code y = (x - mean) r}, {@code r = 1 / sqrt(variance + epsilon)}, mean and (biased) variance
 * over {@code H, W}. Its gradient is {@code r (dy - mean(dy) - y mean(dy y))}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>output: the same
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>D. Ulyanov, A. Vedaldi, V. Lempitsky. Instance normalization: the missing ingredient for
 *       fast stylization. arXiv:1607.08022, 2016.
 * </ol>
 */
public final class InstanceNormalization extends KernelOp {
  private final double epsilon;

  private InstanceNormalization(SDVariable x, double epsilon) {
    super(x.getSameDiff(), 1, x);
    this.epsilon = epsilon;
  }

  /** The normalised map as a variable of the graph. */
  public static SDVariable of(SDVariable x, double epsilon) {
    return new InstanceNormalization(x, epsilon).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs;
  }

  /** The rows of one image in {@code [R, C]}. */
  private static INDArray image(INDArray rows, long image, long locations) {
    return rows.get(
        NDArrayIndex.interval(image * locations, (image + 1) * locations), NDArrayIndex.all());
  }

  /**
   * Normalises one image.
   *
   * @param squares scratch {@code [L, C]}
   * @param inverse afterwards the inverse deviations, {@code [1, C]}
   */
  private static Runnable normalise(
      Binding b, INDArray x, INDArray y, INDArray squares, INDArray inverse, double epsilon) {
    long locations = x.size(0);
    var reciprocal = new Reciprocal(inverse, inverse);
    return Binding.sequence(
        List.of(
            b.columnSums(x, inverse),
            () -> inverse.divi(locations),
            b.subtract(x, inverse, y),
            b.multiply(y, y, squares),
            b.columnSums(squares, inverse),
            () -> {
              inverse.divi(locations);
              inverse.addi(epsilon);
              Transforms.sqrt(inverse, false);
              Nd4j.getExecutioner().exec(reciprocal);
            },
            b.multiply(y, inverse, y)));
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    long images = b.in(0).size(0);
    long locations = x.size(0) / images;
    var squares = b.scratch(locations, x.size(1));
    var inverse = b.scratch(1, x.size(1));
    var steps = new ArrayList<Runnable>();
    for (long n = 0; n < images; n++) {
      steps.add(
          normalise(b, image(x, n, locations), image(y, n, locations), squares, inverse, epsilon));
    }
    return Binding.sequence(steps);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(epsilon, arg(0), dy).outputVariables();
  }

  /** Inputs x, dy; output dx. */
  private static final class Backward extends GradientOp {
    private final double epsilon;

    Backward(double epsilon, SDVariable... inputs) {
      super(1, inputs);
      this.epsilon = epsilon;
    }

    @Override
    protected Runnable bind(Binding b) {
      var x = Binding.rows(b.in(0));
      var dy = Binding.rows(b.in(1));
      var dx = Binding.rows(b.out(0));
      long images = b.in(0).size(0);
      long locations = x.size(0) / images;
      var y = b.scratch(locations, x.size(1));
      var product = b.scratch(locations, x.size(1));
      var inverse = b.scratch(1, x.size(1));
      var mean = b.scratch(1, x.size(1));
      var along = b.scratch(1, x.size(1));
      var steps = new ArrayList<Runnable>();
      for (long n = 0; n < images; n++) {
        var given = image(dy, n, locations);
        var wanted = image(dx, n, locations);
        steps.add(normalise(b, image(x, n, locations), y, product, inverse, epsilon));
        steps.add(b.columnSums(given, mean));
        steps.add(() -> mean.divi(locations));
        steps.add(b.multiply(given, y, product));
        steps.add(b.columnSums(product, along));
        steps.add(() -> along.divi(locations));
        steps.add(b.multiply(y, along, y));
        steps.add(b.subtract(given, mean, wanted));
        steps.add(b.subtract(wanted, y, wanted));
        steps.add(b.multiply(wanted, inverse, wanted));
      }
      return Binding.sequence(steps);
    }
  }
}
