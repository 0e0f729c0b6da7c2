package org.aand.weights.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.aand.common.PrintableName;
import org.aand.weights.pickle.PickleException;
import org.aand.weights.pickle.PickleInput;
import org.aand.weights.pickle.PickleMachine;

/**
 * What {@code torch.save} writes since 1.6: an uncompressed zip archive with a pickle {@code
 * NAME/data.pkl} and a file {@code NAME/data/KEY} for every storage.
 *
 * <p>Nothing is unpacked to disk, and nothing compressed is accepted, so that no entry can be
 * larger than the file.
 */
final class TorchZip implements Storages {
  private static final int MAX_ENTRIES = 100_000;

  /** Largest storage: 1 GiB. */
  private static final long MAX_ENTRY_BYTES = 1L << 30;

  private static final String PICKLE = "/data.pkl";

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries;
  private final String root;

  /** The storage read last, since many tensors can be views of one. */
  private String lastEntry = "";

  private ByteBuffer lastBytes = ByteBuffer.allocate(0);

  private TorchZip(ZipFile zip, long fileSize) throws IOException, TorchCheckpointException {
    this.zip = zip;
    this.entries = entries(zip, fileSize);
    this.root = root(entries.keySet());
    requireLittleEndian();
  }

  /**
   * Reads what is in an archive.
   *
   * @param fileSize in bytes
   */
  static Container parse(ZipFile zip, long fileSize) throws IOException, TorchCheckpointException {
    var archive = new TorchZip(zip, fileSize);
    return new Container("PyTorch checkpoint (zip archive)", archive.contents(), archive);
  }

  private static Map<String, ZipEntry> entries(ZipFile zip, long fileSize)
      throws TorchCheckpointException {
    if (zip.size() > MAX_ENTRIES) {
      throw new TorchCheckpointException(
          "it has " + zip.size() + " entries, more than a checkpoint");
    }
    var entries = new HashMap<String, ZipEntry>();
    long bytes = 0;
    for (var all = zip.entries(); all.hasMoreElements(); ) {
      var entry = all.nextElement();
      var name = entry.getName();
      var shown = PrintableName.of(name);
      if (name.startsWith("/")
          || name.contains("\\")
          || Arrays.asList(name.split("/", -1)).contains("..")) {
        throw new TorchCheckpointException("its entry " + shown + " points out of the archive");
      }
      if (entry.getMethod() != ZipEntry.STORED || entry.getCompressedSize() != entry.getSize()) {
        throw new TorchCheckpointException(
            "its entry " + shown + " is compressed, which torch.save does not do");
      }
      bytes += entry.getSize();
      if (entry.getSize() < 0 || bytes > fileSize) {
        throw new TorchCheckpointException(
            "its entries declare more bytes than the " + fileSize + " of the file");
      }
      if (entries.put(name, entry) != null) {
        throw new TorchCheckpointException("it has the entry " + shown + " twice");
      }
    }
    return entries;
  }

  private static String root(Iterable<String> names) throws TorchCheckpointException {
    var root = "";
    for (var name : names) {
      int slash = name.indexOf('/');
      if (slash > 0 && name.substring(slash).equals("/constants.pkl")) {
        throw new TorchCheckpointException(
            "it is a TorchScript program; save the state_dict() of the model instead");
      }
      if (slash > 0 && name.substring(slash).equals(PICKLE)) {
        if (!root.isEmpty()) {
          throw new TorchCheckpointException("it has more than one data.pkl");
        }
        root = name.substring(0, slash);
      }
    }
    if (root.isEmpty()) {
      throw new TorchCheckpointException(
          "it is a zip archive, but not one of torch.save (it has no data.pkl)");
    }
    return root;
  }

  private void requireLittleEndian() throws IOException, TorchCheckpointException {
    var order = entries.get(root + "/byteorder");
    if (order != null
        && (order.getSize() > 16
            || !new String(bytes(order), StandardCharsets.US_ASCII).equals("little"))) {
      throw new TorchCheckpointException(
          "its numbers are not little-endian; save it on another machine");
    }
  }

  private Container.Contents contents() throws IOException, TorchCheckpointException {
    byte[] pickle = bytes(entry(root + PICKLE));
    var names = new TorchNames();
    try {
      var input = new PickleInput(new ByteArrayInputStream(pickle), pickle.length);
      var found = StateDict.of(PickleMachine.read(input, names));
      for (var storage : names.storages().values()) {
        long size = entry(key(storage)).getSize();
        if (size != storage.length() * storage.type().bytes()) {
          throw new TorchCheckpointException(
              "storage "
                  + PrintableName.of(storage.key())
                  + " declares "
                  + storage.length()
                  + " values of "
                  + storage.type()
                  + " but holds "
                  + size
                  + " bytes");
        }
      }
      return found;
    } catch (PickleException e) {
      throw new TorchCheckpointException(String.valueOf(e.getMessage()), e);
    }
  }

  private String key(Storage storage) {
    return root + "/data/" + storage.key();
  }

  private ZipEntry entry(String name) throws TorchCheckpointException {
    var entry = entries.get(name);
    if (entry == null) {
      throw new TorchCheckpointException("its entry " + PrintableName.of(name) + " is missing");
    }
    return entry;
  }

  /** A whole entry, of which the checksum is right. */
  private byte[] bytes(ZipEntry entry) throws IOException, TorchCheckpointException {
    if (entry.getSize() > MAX_ENTRY_BYTES) {
      throw new TorchCheckpointException(
          "its entry " + PrintableName.of(entry.getName()) + " is larger than a ResNet's weights");
    }
    byte[] bytes;
    try (var in = zip.getInputStream(entry)) {
      bytes = in.readNBytes((int) entry.getSize());
    }
    var checksum = new CRC32();
    checksum.update(bytes);
    if (bytes.length != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw new TorchCheckpointException(
          "the checksum of its entry " + PrintableName.of(entry.getName()) + " is wrong");
    }
    return bytes;
  }

  @Override
  public ByteBuffer read(Storage storage, long from, int length)
      throws IOException, TorchCheckpointException {
    var name = key(storage);
    if (!name.equals(lastEntry)) {
      lastBytes = ByteBuffer.allocate(0);
      lastBytes = ByteBuffer.wrap(bytes(entry(name)));
      lastEntry = name;
    }
    return lastBytes.slice((int) from, length);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
