package org.aand.teacher.weights.checkpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import org.aand.teacher.weights.ShownName;
import org.aand.teacher.weights.pickle.PickleException;
import org.aand.teacher.weights.pickle.PickleInput;
import org.aand.teacher.weights.pickle.PickleMachine;
import org.aand.teacher.weights.pickle.PickleNames;
import org.aand.teacher.weights.pickle.PickleValue;
import org.aand.teacher.weights.pickle.PickleValue.Dictionary;
import org.aand.teacher.weights.pickle.PickleValue.Sequence;
import org.aand.teacher.weights.pickle.PickleValue.Text;
import org.aand.teacher.weights.pickle.PickleValue.Truth;
import org.aand.teacher.weights.pickle.PickleValue.Whole;

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

  static Container parse(FileChannel channel) throws IOException, CheckpointException {
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
      throw new CheckpointException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireHeader(PickleInput input)
      throws IOException, PickleException, CheckpointException {
    if (!PickleMachine.read(input, PickleNames.NONE).equals(MAGIC)) {
      throw new CheckpointException("it is a pickle, but not one of torch.save");
    }
    if (!PickleMachine.read(input, PickleNames.NONE).equals(VERSION)) {
      throw new CheckpointException("it is of an unknown version of torch.save's format");
    }
    if (!(PickleMachine.read(input, PickleNames.NONE) instanceof Dictionary machine)
        || !new Truth(true).equals(machine.entries().get(new Text("little_endian")))) {
      throw new CheckpointException("its numbers are not little-endian");
    }
  }

  /** Where in the file each storage's elements begin. */
  private static Map<String, Long> starts(
      FileChannel channel, PickleValue keys, long position, Map<String, Storage> storages)
      throws IOException, CheckpointException {
    if (!(keys instanceof Sequence list)) {
      throw new CheckpointException("its list of storages is damaged");
    }
    var starts = new HashMap<String, Long>();
    long at = position;
    for (var key : list.items()) {
      var storage = key instanceof Text text ? storages.get(text.text()) : null;
      if (storage == null) {
        throw new CheckpointException("it has a storage of which its pickle knows nothing");
      }
      long length =
          FileRange.read(channel, at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (length != storage.length()) {
        throw new CheckpointException(
            "storage "
                + ShownName.of(storage.key())
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
      throw new CheckpointException("it has tensors of which the values are not there");
    }
    return starts;
  }
}
