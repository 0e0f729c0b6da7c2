package org.aand.weights.torch;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * An open file that holds tensors.
 *
 * @param format what its format is called
 * @param contents what is in it
 * @param storages the values, still in the file; closed with this
 */
record Container(String format, Contents contents, Storages storages) implements AutoCloseable {
  /**
   * What a file lists.
   *
   * @param tensors by name, in the file's order
   * @param others names of entries beside them that are no tensors
   */
  record Contents(Map<String, StoredTensor> tensors, List<String> others) {}

  /** Makes a container of an open file, which it takes over. */
  @FunctionalInterface
  interface Parser<F extends Closeable> {
    Container parse(F file) throws IOException, TorchCheckpointException;
  }

  /** Parses an open file; closes it if that fails. */
  static <F extends Closeable> Container of(F file, Parser<F> parser)
      throws IOException, TorchCheckpointException {
    boolean parsed = false;
    try {
      var container = parser.parse(file);
      parsed = true;
      return container;
    } finally {
      if (!parsed) {
        file.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    storages.close();
  }
}
