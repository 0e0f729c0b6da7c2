package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Some channels of a map: a product with a matrix of zeros and ones, which is exact. Not
 * differentiable.
 *
 * <ul>
 *   <li>input: {@code [N, H, W, C]}
 *   <li>output: {@code [N, H, W, n]}
 * </ul>
 */
final class ChannelSelection extends KernelOp {
  private final List<Integer> channels;

  private ChannelSelection(SDVariable x, List<Integer> channels) {
    super(x.getSameDiff(), 1, x);
    this.channels = List.copyOf(channels);
  }

  static SDVariable of(SDVariable x, List<Integer> channels) {
    return new ChannelSelection(x, channels).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] shape = inputs.get(0).clone();
    shape[3] = channels.size();
    return List.of(shape);
  }

  @Override
  protected Runnable bind(Binding b) {
    var x = Binding.rows(b.in(0));
    int all = Math.toIntExact(x.size(1));
    int chosen = channels.size();
    double[] selection = new double[all * chosen];
    for (int i = 0; i < chosen; i++) {
      selection[channels.get(i) * chosen + i] = 1;
    }
    return b.matmul(x, false, b.constant(selection, all, chosen), false, Binding.rows(b.out(0)));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("nothing is trained through a choice of channels");
  }
}
