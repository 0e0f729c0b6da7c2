package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Product;
import org.aand.runtime.kernel.Scratch;
import org.aand.runtime.kernel.Workers;

/**
 * The weight of the anomalous memory items: {@code p_n = sum_{m >= M} softmax_m(cos(q_n, k_m) /
 * T)}.
 *
 * @param queries {@code [N, H, W, C]}
 * @param output {@code [N, H, W, 1]}
 * @param normalItems M
 * @param items 2M in all
 * @param temperature T
 */
record MatchingOperation(
    Value queries,
    Value output,
    MatrixWeights weights,
    int normalItems,
    int items,
    double temperature)
    implements Operation {
  private static final int CHUNK = 64;

  @Override
  public String name() {
    return "matching " + queries.shape();
  }

  @Override
  public List<Value> inputs() {
    return List.of(queries);
  }

  @Override
  public int temporary() {
    return Math.multiplyExact(queries.locations(), items);
  }

  @Override
  public double arithmetic() {
    return 2.0 * queries.size() * items;
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var product = new Product(weights.matrix(), Activation.NONE);
    var from = in.get(0);
    return images -> {
      int count = images * queries.locations();
      float[] matching = temporary.array();
      product.run(workers, from.rows(images), count, ArrayRows.of(matching, 0, items));
      workers.run(
          (count + CHUNK - 1) / CHUNK,
          (task, scratch) -> {
            int row = task * CHUNK;
            weigh(from.array(), matching, row, Math.min(CHUNK, count - row), out.array(), scratch);
          });
    };
  }

  /** The products divided by the queries' norms, and the anomalous items' share of the softmax. */
  private void weigh(
      float[] queries, float[] matching, int row, int rows, float[] to, Scratch scratch) {
    int channels = this.queries.channels();
    int at = row * items;
    Elements.inverseNorms(queries, row * channels, rows, channels, 0, to, row, scratch);
    Elements.scaleRows(matching, at, to, row, rows, items, matching, at);
    Elements.softmaxShares(
        matching, at, rows, items, normalItems, (float) temperature, to, row, scratch);
  }
}
