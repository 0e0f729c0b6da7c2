package org.aand.teacher.weights.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.teacher.weights.ShownName;

/**
 * A safetensors file: the header's length (8 bytes), the header (JSON), then the tensors row by
 * row, without gaps.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>The format's description in the repository huggingface/safetensors.
 * </ol>
 */
final class SafeTensors implements Container {
  private static final long MAX_HEADER_BYTES = 1L << 24;

  private final FileChannel channel;
  private final Contents contents;
  private final Map<String, Long> starts;

  private SafeTensors(FileChannel channel) throws IOException, CheckpointException {
    this.channel = channel;
    long length = FileRange.read(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > channel.size() - Long.BYTES) {
      throw new CheckpointException(
          "its header is declared to have "
              + Long.toUnsignedString(length)
              + " bytes, which the file does not have or no checkpoint needs");
    }
    var header = SafeTensorsHeader.parse(FileRange.read(channel, Long.BYTES, (int) length).array());
    long data = Long.BYTES + length;
    requireNoGaps(header, channel.size() - data);
    var tensors = new LinkedHashMap<String, StoredTensor>();
    starts = new HashMap<>();
    for (var entry : header) {
      long bytes = entry.end() - entry.begin();
      if (StoredTensor.elements(entry.shape()) * entry.type().bytes() != bytes) {
        throw new CheckpointException(
            "tensor "
                + ShownName.of(entry.name())
                + " of "
                + entry.type()
                + " "
                + entry.shape()
                + " has "
                + bytes
                + " bytes");
      }
      var storage = new Storage(entry.name(), entry.type(), 0, bytes / entry.type().bytes());
      tensors.put(entry.name(), StoredTensor.contiguous(storage, entry.shape()));
      starts.put(entry.name(), data + entry.begin());
    }
    contents = new Contents(tensors, List.of());
  }

  static SafeTensors open(Path file) throws IOException, CheckpointException {
    var channel = FileChannel.open(file);
    try {
      return new SafeTensors(channel);
    } catch (IOException | CheckpointException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void requireNoGaps(List<SafeTensorsHeader.Entry> header, long bytes)
      throws CheckpointException {
    long at = 0;
    for (var entry :
        header.stream()
            .sorted(
                Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
                    .thenComparingLong(SafeTensorsHeader.Entry::end))
            .toList()) {
      if (entry.begin() != at || entry.end() < at) {
        throw new CheckpointException(
            "tensor " + ShownName.of(entry.name()) + " does not begin where the one before ends");
      }
      at = entry.end();
    }
    if (at != bytes) {
      throw new CheckpointException("its tensors need " + at + " bytes, there are " + bytes);
    }
  }

  @Override
  public String format() {
    return "safetensors";
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public ByteBuffer read(Storage storage, long from, int length)
      throws IOException, CheckpointException {
    var start = starts.get(storage.key());
    if (start == null) {
      throw new CheckpointException("tensor " + ShownName.of(storage.key()) + " is not there");
    }
    return FileRange.read(channel, start + from, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
