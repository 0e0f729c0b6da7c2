package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Every channel of every image normalised to mean 0 and variance 1, without learned scale and
 * shift; not differentiable.
 *
 * <p>{@code (x - mean) / sqrt(variance + epsilon)}, mean and (biased) variance over {@code H, W}.
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

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    var y = Binding.rows(b.out(0));
    long images = b.in(0).size(0);
    long locations = x.size(0) / images;
    var squares = b.scratch(locations, x.size(1));
    var statistic = b.scratch(1, x.size(1));
    var reciprocal = new Reciprocal(statistic, statistic);
    var steps = new ArrayList<Runnable>();
    for (long n = 0; n < images; n++) {
      var rows = NDArrayIndex.interval(n * locations, (n + 1) * locations);
      var image = x.get(rows, NDArrayIndex.all());
      var normalised = y.get(rows, NDArrayIndex.all());
      steps.add(b.columnSums(image, statistic));
      steps.add(() -> statistic.divi(locations));
      steps.add(b.subtract(image, statistic, normalised));
      steps.add(b.multiply(normalised, normalised, squares));
      steps.add(b.columnSums(squares, statistic));
      steps.add(
          () -> {
            statistic.divi(locations);
            statistic.addi(epsilon);
            Transforms.sqrt(statistic, false);
            Nd4j.getExecutioner().exec(reciprocal);
          });
      steps.add(b.multiply(normalised, statistic, normalised));
    }
    return Binding.sequence(steps);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("instance normalisation belongs to RD++ in use");
  }
}
