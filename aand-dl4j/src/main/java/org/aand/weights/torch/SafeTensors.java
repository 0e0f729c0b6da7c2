package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.aand.common.PrintableName;

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
final class SafeTensors {
  private static final long MAX_HEADER_BYTES = 1L << 24;

  private SafeTensors() {}

  static Container parse(FileChannel channel) throws IOException, TorchCheckpointException {
    long length = FileRange.read(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > channel.size() - Long.BYTES) {
      throw new TorchCheckpointException(
          "its header is declared to have "
              + Long.toUnsignedString(length)
              + " bytes, which the file does not have or no checkpoint needs");
    }
    var header = SafeTensorsHeader.parse(FileRange.read(channel, Long.BYTES, (int) length).array());
    long data = Long.BYTES + length;
    requireNoGaps(header, channel.size() - data);
    var tensors = new LinkedHashMap<String, StoredTensor>();
    var starts = new HashMap<String, Long>();
    for (var entry : header) {
      tensors.put(entry.name(), tensor(entry));
      starts.put(entry.name(), data + entry.begin());
    }
    return new Container(
        "safetensors",
        new Container.Contents(tensors, List.of()),
        new FileStorages(channel, starts));
  }

  private static StoredTensor tensor(SafeTensorsHeader.Entry entry)
      throws TorchCheckpointException {
    long bytes = entry.end() - entry.begin();
    if (StoredTensor.elements(entry.shape()) * entry.type().bytes() != bytes) {
      throw new TorchCheckpointException(
          "tensor "
              + PrintableName.of(entry.name())
              + " of "
              + entry.type()
              + " "
              + entry.shape()
              + " has "
              + bytes
              + " bytes");
    }
    var storage = new Storage(entry.name(), entry.type(), 0, bytes / entry.type().bytes());
    return StoredTensor.contiguous(storage, entry.shape());
  }

  private static void requireNoGaps(List<SafeTensorsHeader.Entry> header, long bytes)
      throws TorchCheckpointException {
    long at = 0;
    for (var entry :
        header.stream()
            .sorted(
                Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
                    .thenComparingLong(SafeTensorsHeader.Entry::end))
            .toList()) {
      if (entry.begin() != at || entry.end() < at) {
        throw new TorchCheckpointException(
            "tensor "
                + PrintableName.of(entry.name())
                + " does not begin where the one before ends");
      }
      at = entry.end();
    }
    if (at != bytes) {
      throw new TorchCheckpointException("its tensors need " + at + " bytes, there are " + bytes);
    }
  }
}
