package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The softmax over all values of each image's map: {@code exp(x_i) / sum_j exp(x_j)}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>output: the same; its values sum to 1 in every image
 * </ul>
 */
public final class MapSoftmax extends KernelOp {
  private MapSoftmax(SDVariable x) {
    super(x.getSameDiff(), 1, x);
  }

  /** The softmax as a variable of the graph. */
  public static SDVariable of(SDVariable x) {
    return new MapSoftmax(x).outputVariables()[0];
  }

  /** One row an image, {@code [N, H W C]}. */
  private static INDArray images(INDArray array) {
    return array.reshape('c', array.size(0), array.length() / array.size(0));
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs;
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.call("softmax", List.of(images(b.in(0))), List.of(images(b.out(0))), 1);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(outputVariables()[0], dy).outputVariables();
  }

  /** Inputs y, dy; output {@code dx = y (dy - <y, dy>)}. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var y = images(b.in(0));
      var dy = images(b.in(1));
      var dx = images(b.out(0));
      var along = b.scratch(y.size(0), 1);
      return Binding.sequence(
          List.of(
              b.multiply(y, dy, dx),
              b.rowSums(dx, along),
              b.subtract(dy, along, dx),
              b.multiply(dx, y, dx)));
    }
  }
}
