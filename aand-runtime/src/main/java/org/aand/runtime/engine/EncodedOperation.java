package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.Product;
import org.aand.runtime.kernel.Rows;
import org.aand.runtime.kernel.Workers;

/** A 1x1 convolution of {@code x + PE}; the encoding is added while rows are packed. */
record EncodedOperation(
    Value x, Value output, EncodingTable encoding, MatrixWeights weights, Activation activation)
    implements Operation {
  @Override
  public String name() {
    return "conv 1x1 " + x.shape() + "+PE to " + output.channels();
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public boolean writesPacked() {
    return true;
  }

  @Override
  public double arithmetic() {
    return 2.0 * x.size() * output.channels();
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var product = new Product(weights.matrix(), activation);
    var from = in.get(0);
    Rows rows =
        (row, count, k, depth, to, at, stride) -> {
          float[] map = from.array();
          for (int i = 0; i < count; i++) {
            encoding.add(map, row + i, k, depth, to, at + i * stride);
          }
        };
    return images -> product.run(workers, rows, images * x.locations(), out.rows(images));
  }
}
