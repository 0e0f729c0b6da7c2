package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the elements of a tensor out of its storage, row by row, as float32. */
final class StoredValues {
  /** Most elements read at once: 512 MiB. The largest layer of a ResNet-50 has 2.4 million. */
  private static final long MAX_ELEMENTS = 1L << 27;

  private StoredValues() {}

  static float[] read(Storages storages, StoredTensor tensor)
      throws IOException, TorchCheckpointException {
    if (tensor.elements() == 0) {
      return new float[0];
    }
    int size = tensor.storage().type().bytes();
    long last = 0;
    for (int i = 0; i < tensor.shape().size(); i++) {
      last += (tensor.shape().get(i) - 1) * tensor.strides().get(i);
    }
    if (tensor.elements() > MAX_ELEMENTS || last >= MAX_ELEMENTS) {
      throw new TorchCheckpointException(
          "a tensor of " + tensor.elements() + " values is too large");
    }
    long from = tensor.storage().start() + tensor.offset();
    var bytes =
        storages
            .read(tensor.storage(), from * size, Math.toIntExact((last + 1) * size))
            .order(ByteOrder.LITTLE_ENDIAN);
    return gather(bytes, tensor);
  }

  private static float[] gather(ByteBuffer bytes, StoredTensor tensor) {
    var type = tensor.storage().type();
    int rank = tensor.shape().size();
    float[] values = new float[(int) tensor.elements()];
    long[] index = new long[rank];
    long at = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = type.decode(bytes, (int) at * type.bytes());
      for (int d = rank - 1; d >= 0; d--) {
        at += tensor.strides().get(d);
        if (++index[d] < tensor.shape().get(d)) {
          break;
        }
        at -= tensor.shape().get(d) * tensor.strides().get(d);
        index[d] = 0;
      }
    }
    return values;
  }
}
