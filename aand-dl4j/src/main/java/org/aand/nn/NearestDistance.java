package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The Euclidean distance of every location to the nearest item of a bank, by an exact search; not
 * differentiable.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>bank: {@code [M, C]}
 *   <li>output: {@code [N, H, W, 1]}
 * </ul>
 *
 * <p>Products with a block of items find its nearest one; the distance is that of the differences,
 * so that it is exact also where it is small.
 */
final class NearestDistance extends KernelOp {
  /** Rows that are searched for together. */
  private static final long CHUNK = 512;

  /** Items that they are compared with together. */
  private static final long BLOCK = 2048;

  private NearestDistance(SDVariable x, SDVariable bank) {
    super(x.getSameDiff(), 1, x, bank);
  }

  static SDVariable of(SDVariable x, SDVariable bank) {
    return new NearestDistance(x, bank).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], x[1], x[2], 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    var rows = Binding.rows(b.in(0));
    var chunks = new RowChunks(rows.size(0), Math.min(rows.size(0), CHUNK));
    var products = new BankProducts(b, b.in(1), chunks.size(), BLOCK);
    var items = b.scratch(chunks.size(), rows.size(1));
    var parts = chunks.views(rows);
    var distances = chunks.views(Binding.rows(b.out(0)));
    var steps = new ArrayList<Runnable>();
    steps.add(products.prepare());
    for (int c = 0; c < chunks.count(); c++) {
      var part = parts.get(c);
      var found = RowChunks.beginning(items, part.size(0));
      steps.addAll(search(b, part, products, found, distances.get(c)));
    }
    return Binding.sequence(steps);
  }

  private static List<Runnable> search(
      Binding b, INDArray rows, BankProducts products, INDArray found, INDArray to) {
    long count = rows.size(0);
    var nearest = b.indices(count);
    var squares = b.scratch(count, 1);
    var steps = new ArrayList<Runnable>();
    for (int i = 0; i < products.blocks().size(); i++) {
      steps.add(products.multiply(rows, i));
      steps.add(b.call("argmax", List.of(products.of(i, count)), List.of(nearest), 1));
      steps.add(b.call("gather", List.of(products.blocks().get(i), nearest), List.of(found), 0));
      steps.add(b.subtract(found, rows, found));
      steps.add(b.multiply(found, found, found));
      if (i == 0) {
        steps.add(b.rowSums(found, to));
      } else {
        steps.add(b.rowSums(found, squares));
        steps.add(() -> Transforms.min(to, squares, false));
      }
    }
    steps.add(() -> Transforms.sqrt(to, false));
    return steps;
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("a memory bank is not trained by gradients");
  }
}
