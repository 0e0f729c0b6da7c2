package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.aand.common.PrintableName;

/**
 * Storages that lie one after another in a file.
 *
 * @param channel closed with this
 * @param starts the first byte of each in the file, by key
 */
record FileStorages(FileChannel channel, Map<String, Long> starts) implements Storages {
  @Override
  public ByteBuffer read(Storage storage, long from, int length)
      throws IOException, TorchCheckpointException {
    var start = starts.get(storage.key());
    if (start == null) {
      throw new TorchCheckpointException(
          "storage " + PrintableName.of(storage.key()) + " is not there");
    }
    return FileRange.read(channel, start + from, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
