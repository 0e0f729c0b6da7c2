package org.aand.runtime.engine;

import java.util.List;
import org.aand.network.raa.PositionalEncoding;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Product;
import org.aand.runtime.kernel.Rows;
import org.aand.runtime.kernel.Workers;

/** A 1x1 convolution of {@code x + PE}; the encoding is added while rows are packed. */
record EncodedOperation(Value x, Value output, MatrixWeights weights, Activation activation)
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
  public double arithmetic() {
    return 2.0 * x.size() * output.channels();
  }

  @Override
  public Step bind(List<Buffer> in, Buffer out, Buffer temporary, Workers workers) {
    var product = new Product(weights.matrix(), activation);
    var from = in.get(0);
    float[] encoding = encoding(x);
    int channels = x.channels();
    int locations = x.locations();
    Rows rows =
        (row, count, k, depth, to, at, stride) -> {
          float[] map = from.array();
          for (int i = 0; i < count; i++) {
            int place = (row + i) % locations * channels + k;
            Elements.add(
                map, (row + i) * channels + k, encoding, place, to, at + i * stride, depth);
          }
        };
    return images ->
        product.run(workers, rows, images * locations, out.array(), 0, output.channels());
  }

  /** The encoding of one image, {@code [H, W, C]}. */
  static float[] encoding(Value x) {
    double[] exact = PositionalEncoding.of(x.channels(), x.height(), x.width());
    float[] encoding = new float[exact.length];
    for (int i = 0; i < encoding.length; i++) {
      encoding[i] = (float) exact[i];
    }
    return encoding;
  }
}
