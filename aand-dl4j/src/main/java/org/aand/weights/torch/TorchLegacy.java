package org.aand.weights.torch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import org.aand.common.PrintableName;
import org.aand.weights.pickle.PickleException;
import org.aand.weights.pickle.PickleInput;
import org.aand.weights.pickle.PickleMachine;
import org.aand.weights.pickle.PickleNames;
import org.aand.weights.pickle.PickleValue;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.Sequence;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Truth;
import org.aand.weights.pickle.PickleValue.Whole;

/**
 * What {@code torch.save} wrote before 1.6, and torchvision's older weights are: five pickles (a
 * magic number, the version, the machine, the objects, the keys of the storages), then each
 * storage's number of elements (8 bytes) and elements.
 */
final class TorchLegacy {
  private static final Whole MAGIC = new Whole(new BigInteger("1950a86a20f9469cfc6c", 16));
  private static final Whole VERSION = new Whole(BigInteger.valueOf(1001));
  private static final int BUFFER = 1 << 16;

  private TorchLegacy() {}

  static Container parse(FileChannel channel) throws IOException, TorchCheckpointException {
    var names = new TorchNames();
    channel.position(0);
    // Closing the stream would close the channel.
    var in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    var input = new PickleInput(in, channel.size());
    try {
      requireHeader(input);
      var contents = StateDict.of(PickleMachine.read(input, names));
      var keys = PickleMachine.read(input, PickleNames.NONE);
      var starts = starts(channel, keys, input.position(), names.storages());
      return new Container(
          "PyTorch checkpoint (before 1.6)", contents, new FileStorages(channel, starts));
    } catch (PickleException e) {
      throw new TorchCheckpointException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireHeader(PickleInput input)
      throws IOException, PickleException, TorchCheckpointException {
    if (!PickleMachine.read(input, PickleNames.NONE).equals(MAGIC)) {
      throw new TorchCheckpointException("it is a pickle, but not one of torch.save");
    }
    if (!PickleMachine.read(input, PickleNames.NONE).equals(VERSION)) {
      throw new TorchCheckpointException("it is of an unknown version of torch.save's format");
    }
    if (!(PickleMachine.read(input, PickleNames.NONE) instanceof Dictionary machine)
        || !new Truth(true).equals(machine.entries().get(new Text("little_endian")))) {
      throw new TorchCheckpointException("its numbers are not little-endian");
    }
  }

  /** Where in the file each storage's elements begin. */
  private static Map<String, Long> starts(
      FileChannel channel, PickleValue keys, long position, Map<String, Storage> storages)
      throws IOException, TorchCheckpointException {
    if (!(keys instanceof Sequence list)) {
      throw new TorchCheckpointException("its list of storages is damaged");
    }
    var starts = new HashMap<String, Long>();
    long at = position;
    for (var key : list.items()) {
      var storage = key instanceof Text text ? storages.get(text.text()) : null;
      if (storage == null) {
        throw new TorchCheckpointException("it has a storage of which its pickle knows nothing");
      }
      long length =
          FileRange.read(channel, at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length != storage.length()) {
        throw new TorchCheckpointException(
            "storage "
                + PrintableName.of(storage.key())
                + " declares "
                + storage.length()
                + " values but holds "
                + length);
      }
      starts.put(storage.key(), at + Long.BYTES);
      long bytes = length * storage.type().bytes();
      if (bytes > channel.size() - at - Long.BYTES) {
        throw FileRange.cutShort(channel);
      }
      at += Long.BYTES + bytes;
    }
    if (!starts.keySet().equals(storages.keySet())) {
      throw new TorchCheckpointException("it has tensors of which the values are not there");
    }
    return starts;
  }
}
