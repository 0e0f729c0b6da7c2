package org.aand.teacher.weights.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** A file format that holds tensors: what is in a file, and the bytes of it. */
interface Container extends AutoCloseable {
  /**
   * What a file lists.
   *
   * @param tensors by name, in the file's order
   * @param others names of entries beside them that are no tensors
   */
  record Contents(Map<String, StoredTensor> tensors, List<String> others) {}

  /** What the format is called. */
  String format();

  /** What is in the file. */
  Contents contents();

  /**
   * Bytes of a storage.
   *
   * @param from the first byte, counted from the start of what the file has under the key
   * @throws CheckpointException if they are damaged
   */
  ByteBuffer read(Storage storage, long from, int length) throws IOException, CheckpointException;

  @Override
  void close() throws IOException;
}
