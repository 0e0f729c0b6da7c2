package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The greatest distance of each image to a bank, re-weighted by the neighbours of the item nearest
 * to its location; not differentiable. See {@link org.aand.network.Net#reweightedMaximum}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>distances: {@code [N, H, W, 1]}
 *   <li>bank: {@code [M, C]}
 *   <li>output: {@code [N, 1, 1, 1]}
 * </ul>
 */
final class ReweightedMaximum extends KernelOp {
  private final int neighbours;

  private ReweightedMaximum(SDVariable x, SDVariable distances, SDVariable bank, int neighbours) {
    super(x.getSameDiff(), 1, x, distances, bank);
    this.neighbours = neighbours;
  }

  static SDVariable of(SDVariable x, SDVariable distances, SDVariable bank, int neighbours) {
    return new ReweightedMaximum(x, distances, bank, neighbours).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {inputs.get(0)[0], 1, 1, 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    long images = b.in(0).size(0);
    var all = b.in(1).reshape('c', images, b.in(1).length() / images);
    var greatest = b.out(0).reshape(images);
    var steps = new ArrayList<Runnable>();
    steps.add(b.call("reduce_max", List.of(all), List.of(greatest), 1));
    if (neighbours > 1) {
      var far = b.scratch(images, b.in(0).size(3));
      steps.add(farthest(b, all, far));
      steps.add(weigh(b, far, greatest.reshape('c', images, 1)));
    }
    return Binding.sequence(steps);
  }

  /** The features at the greatest distance of each image, {@code [N, C]}. */
  private static Runnable farthest(Binding b, INDArray all, INDArray far) {
    long images = all.size(0);
    var location = b.indices(images);
    var first = b.indices(images);
    for (long n = 0; n < images; n++) {
      first.putScalar(n, n * all.size(1));
    }
    return Binding.sequence(
        List.of(
            b.call("argmax", List.of(all), List.of(location), 1),
            b.call("add", List.of(location, first), List.of(location)),
            b.call("gather", List.of(Binding.rows(b.in(0)), location), List.of(far), 0)));
  }

  /** The greatest distances times {@code 1 - exp(d*) / sum_m exp(|x - m|)}. */
  private Runnable weigh(Binding b, INDArray far, INDArray greatest) {
    long images = far.size(0);
    long channels = far.size(1);
    var bank = b.in(2);
    var nearest = b.indices(images);
    var around = b.indices(images, neighbours);
    var item = b.scratch(images, channels);
    var items = b.scratch(images, neighbours, channels);
    var distances = b.scratch(images, neighbours);
    var sums = b.scratch(images, 1);
    var steps = new ArrayList<Runnable>();
    var search = new BankProducts(b, bank, images, bank.size(0));
    var products = search.of(0, images);
    steps.add(search.prepare());
    steps.add(search.multiply(far, 0));
    steps.add(b.call("argmax", List.of(products), List.of(nearest), 1));
    steps.add(b.call("gather", List.of(bank, nearest), List.of(item), 0));
    steps.add(search.multiply(item, 0));
    steps.add(
        b.call(
            "top_k",
            List.of(products),
            List.of(b.scratch(images, neighbours), around),
            neighbours));
    steps.add(b.call("gather", List.of(bank, around), List.of(items), 0));
    steps.add(b.subtract(items, far.reshape('c', images, 1, channels), items));
    steps.add(b.multiply(items, items, items));
    steps.add(b.rowSums(Binding.rows(items), distances.reshape('c', images * neighbours, 1)));
    steps.add(() -> Transforms.sqrt(distances, false));
    steps.add(b.subtract(distances, greatest, distances));
    steps.add(() -> Transforms.exp(distances, false));
    steps.add(b.rowSums(distances, sums));
    steps.add(
        () -> {
          sums.rdivi(1);
          sums.rsubi(1);
          greatest.muli(sums);
        });
    return Binding.sequence(steps);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("a memory bank is not trained by gradients");
  }
}
