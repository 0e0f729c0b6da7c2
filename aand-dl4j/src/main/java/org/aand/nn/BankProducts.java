package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Products of rows with the items of a bank, block by block: {@code x m - |m|^2 / 2}, the greater,
 * the nearer the item, as {@code |x - m|^2 = |x|^2 - 2 (x m - |m|^2 / 2)}.
 */
final class BankProducts {
  private final Binding binding;
  private final List<INDArray> blocks;
  private final List<INDArray> halfSquares;
  private final List<INDArray> products;
  private final Runnable preparation;

  /**
   * @param bank {@code [M, C]}
   * @param rows that are multiplied together at most
   * @param size items of a block at most
   */
  BankProducts(Binding binding, INDArray bank, long rows, long size) {
    this.binding = binding;
    var chunks = new RowChunks(bank.size(0), Math.min(size, bank.size(0)));
    blocks = chunks.views(bank);
    var first = binding.scratch(rows, chunks.size());
    long rest = blocks.get(blocks.size() - 1).size(0);
    var last = rest == chunks.size() ? first : binding.scratch(rows, rest);
    products = blocks.stream().map(block -> block.size(0) == rest ? last : first).toList();
    var sums = binding.scratch(bank.size(0), 1);
    preparation = halfSquares(binding, bank, sums);
    halfSquares =
        chunks.views(sums).stream().map(part -> part.reshape('c', 1, part.size(0))).toList();
  }

  private static Runnable halfSquares(Binding b, INDArray bank, INDArray sums) {
    var chunks = RowChunks.of(bank);
    var squares = chunks.reused(b.scratch(chunks.size(), bank.size(1)));
    var items = chunks.views(bank);
    var parts = chunks.views(sums);
    var steps = new ArrayList<Runnable>();
    for (int c = 0; c < chunks.count(); c++) {
      steps.add(b.multiply(items.get(c), items.get(c), squares.get(c)));
      steps.add(b.rowSums(squares.get(c), parts.get(c)));
    }
    steps.add(() -> sums.muli(-0.5));
    return Binding.sequence(steps);
  }

  /** What has to run before the products. */
  Runnable prepare() {
    return preparation;
  }

  /** The blocks, {@code [m, C]} each. */
  List<INDArray> blocks() {
    return blocks;
  }

  /** Where the products of so many rows with a block are, {@code [rows, m]}. */
  INDArray of(int block, long rows) {
    return RowChunks.beginning(products.get(block), rows);
  }

  /**
   * Computes the products with a block.
   *
   * @param rows {@code [R, C]}
   */
  Runnable multiply(INDArray rows, int block) {
    var to = of(block, rows.size(0));
    return Binding.sequence(
        List.of(
            binding.matmul(rows, false, blocks.get(block), true, to),
            binding.add(to, halfSquares.get(block), to)));
  }
}
