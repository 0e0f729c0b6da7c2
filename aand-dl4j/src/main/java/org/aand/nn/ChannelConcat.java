package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Feature maps side by side along the channels.
 *
 * <ul>
 *   <li>inputs: {@code [N, H, W, C_i]}
 *   <li>output: {@code [N, H, W, sum C_i]}
 * </ul>
 */
public final class ChannelConcat extends KernelOp {
  private ChannelConcat(List<SDVariable> maps) {
    super(maps.get(0).getSameDiff(), 1, maps.toArray(SDVariable[]::new));
  }

  /** The concatenation as a variable of the graph. */
  public static SDVariable of(List<SDVariable> maps) {
    return new ChannelConcat(maps).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] shape = inputs.get(0).clone();
    shape[3] = inputs.stream().mapToLong(s -> s[3]).sum();
    return List.of(shape);
  }

  @Override
  protected Runnable bind(Binding b) {
    var maps = IntStream.range(0, b.inputs()).mapToObj(b::in).toList();
    return b.call("concat", maps, List.of(b.out(0)), 3);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var inputs = new ArrayList<>(List.of(args()));
    inputs.add(0, Objects.requireNonNull(outputGradients.get(0)));
    return new Backward(inputs).outputVariables();
  }

  private static final class Backward extends GradientOp {
    Backward(List<SDVariable> inputs) {
      super(inputs.size() - 1, inputs.toArray(SDVariable[]::new));
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return inputs.subList(1, inputs.size());
    }

    @Override
    protected Runnable bind(Binding b) {
      var copies = new ArrayList<Runnable>();
      long from = 0;
      for (int i = 0; i + 1 < b.inputs(); i++) {
        var part = b.out(i);
        long to = from + part.size(3);
        var all = NDArrayIndex.all();
        var slice = b.in(0).get(all, all, all, NDArrayIndex.interval(from, to));
        copies.add(() -> part.assign(slice));
        from = to;
      }
      return Binding.sequence(copies);
    }
  }
}
