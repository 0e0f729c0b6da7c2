package org.aand.nn;

import java.util.List;
import org.aand.network.raa.PositionalEncoding;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * {@code x + PE}: the fixed two-dimensional sinusoidal position encoding added to every image.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}, C divisible by 4
 *   <li>output: the same
 * </ul>
 */
public final class AddPositionalEncoding extends KernelOp {
  private AddPositionalEncoding(SDVariable x) {
    super(x.getSameDiff(), 1, x);
  }

  /** The sum as a variable of the graph. */
  public static SDVariable of(SDVariable x) {
    return new AddPositionalEncoding(x).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs;
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = b.in(0);
    long[] one = {1, x.size(1), x.size(2), x.size(3)};
    var encoding =
        b.constant(
            PositionalEncoding.of(
                Math.toIntExact(one[3]), Math.toIntExact(one[1]), Math.toIntExact(one[2])),
            1,
            one[1] * one[2] * one[3]);
    var images = x.reshape('c', x.size(0), x.length() / x.size(0));
    return b.add(images, encoding, b.out(0).reshape('c', images.shape()));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    return new @Nullable SDVariable[] {outputGradients.get(0)};
  }
}
