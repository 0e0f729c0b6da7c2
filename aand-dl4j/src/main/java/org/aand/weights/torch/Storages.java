package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of the storages in an open file. */
interface Storages extends AutoCloseable {
  /**
   * Bytes of a storage.
   *
   * @param from the first byte, counted from the start of what the file has under the key
   * @throws TorchCheckpointException if they are damaged
   */
  ByteBuffer read(Storage storage, long from, int length)
      throws IOException, TorchCheckpointException;

  @Override
  void close() throws IOException;
}
