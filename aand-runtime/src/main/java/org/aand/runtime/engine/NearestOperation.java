package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.NearestItems;
import org.aand.runtime.kernel.Workers;

/**
 * The distance of every location to the nearest item of a bank.
 *
 * @param x {@code [N, H, W, C]}
 * @param output {@code [N, H, W, 1]}
 * @param items of the bank
 */
record NearestOperation(Value x, Value output, BankWeights weights, int items)
    implements Operation {
  @Override
  public String name() {
    return "nearest of " + items + " items " + x.shape();
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public double arithmetic() {
    return 2.0 * x.size() * items;
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var search = new NearestItems(weights.bank(), 1);
    return images -> {
      int rows = images * x.locations();
      float[] from = in.get(0).array();
      search.run(workers, from, 0, rows);
      search.distances(workers, from, 0, rows, out.array());
    };
  }
}
