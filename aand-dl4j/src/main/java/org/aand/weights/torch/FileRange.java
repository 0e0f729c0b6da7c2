package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of a file's bytes. */
final class FileRange {
  private FileRange() {}

  /**
   * Reads a range.
   *
   * @throws TorchCheckpointException if the file ends before; nothing is allocated then
   */
  static ByteBuffer read(FileChannel channel, long from, int length)
      throws IOException, TorchCheckpointException {
    if (from < 0 || length < 0 || length > channel.size() - from) {
      throw cutShort(channel);
    }
    var buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw cutShort(channel);
      }
    }
    return buffer.flip();
  }

  static TorchCheckpointException cutShort(FileChannel channel) throws IOException {
    return new TorchCheckpointException(
        "it declares more values than its " + channel.size() + " bytes hold");
  }
}
