package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.MaxPool;
import org.aand.runtime.kernel.Workers;

/** The maximum of 3x3 neighbours at every second location. */
record MaxPoolOperation(Value x, Value output) implements Operation {
  private static final int WINDOW = 3;

  @Override
  public String name() {
    return "max pooling";
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var pool = new MaxPool(x.height(), x.width(), x.channels(), WINDOW, 2, 1);
    var from = in.get(0);
    return images -> pool.run(workers, images, from.array(), 0, out.array(), 0);
  }
}
