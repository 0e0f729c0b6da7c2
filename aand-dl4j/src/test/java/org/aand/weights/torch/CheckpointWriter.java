package org.aand.weights.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aand.weights.pickle.PickleWriter;

/** Writes tensors as {@code torch.save} does, now and before 1.6, and as safetensors. */
public final class CheckpointWriter {
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  private record Values(ElementType type, byte[] bytes) {
    long length() {
      return bytes.length / type.bytes();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  private record View(String name, String key, long offset, long[] shape, long[] strides) {}

  private final Map<String, Values> storages = new LinkedHashMap<>();
  private final List<View> views = new ArrayList<>();
  private String wrapper = "";
  private boolean parameters;

  /** Puts the state dictionary under a key of an outer one. */
  public CheckpointWriter wrappedUnder(String key) {
    wrapper = key;
    return this;
  }

  /** Saves parameters rather than their data. */
  public CheckpointWriter asParameters() {
    parameters = true;
    return this;
  }

  /** A float32 tensor with a storage of its own. */
  public CheckpointWriter tensor(String name, float[] values, long... shape) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return tensor(name, ElementType.FLOAT32, bytes.array(), shape);
  }

  /** A tensor with a storage of its own. */
  public CheckpointWriter tensor(String name, ElementType type, byte[] bytes, long... shape) {
    var key = Integer.toString(storages.size());
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return storage(key, type, bytes).view(name, key, 0, shape, strides);
  }

  /** A storage for views. */
  public CheckpointWriter storage(String key, ElementType type, byte[] bytes) {
    storages.put(key, new Values(type, bytes));
    return this;
  }

  /** A tensor that is a view of a storage. */
  public CheckpointWriter view(String name, String key, long offset, long[] shape, long[] strides) {
    views.add(new View(name, key, offset, shape, strides));
    return this;
  }

  /** The file of torch.save since 1.6. */
  public byte[] zip() throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put("archive/data.pkl", pickle(false));
    entries.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    storages.forEach((key, values) -> entries.put("archive/data/" + key, values.bytes()));
    entries.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    return zip(entries);
  }

  /** An uncompressed archive. */
  public static byte[] zip(Map<String, byte[]> entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var entry : entries.entrySet()) {
        var header = new ZipEntry(entry.getKey());
        var checksum = new CRC32();
        checksum.update(entry.getValue());
        header.setMethod(ZipEntry.STORED);
        header.setSize(entry.getValue().length);
        header.setCrc(checksum.getValue());
        header.setTime(0);
        zip.putNextEntry(header);
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  /** The file of torch.save before 1.6. */
  public byte[] legacy() {
    return legacy(pickle(true));
  }

  /** The file of torch.save before 1.6 with this pickle of objects. */
  public byte[] legacy(byte[] objects) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(PickleWriter.begin().integer(new BigInteger("1950a86a20f9469cfc6c", 16)).end());
    out.writeBytes(PickleWriter.begin().whole(1001).end());
    var machine = PickleWriter.begin().op('}').put().mark();
    machine.text("protocol_version").whole(1001).text("little_endian").truth(true);
    machine.text("type_sizes").op('}').put().mark().text("int").whole(4).text("long").whole(8);
    out.writeBytes(machine.op('u').op('u').end());
    out.writeBytes(objects);
    var keys = PickleWriter.begin().op(']').put().mark();
    storages.keySet().forEach(keys::text);
    out.writeBytes(keys.op('e').end());
    for (var values : storages.values()) {
      out.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(values.length()).array());
      out.writeBytes(values.bytes());
    }
    return out.toByteArray();
  }

  /** The pickle of the state dictionary, as Python writes it. */
  byte[] pickle(boolean legacy) {
    var pickle = PickleWriter.begin();
    if (!wrapper.isEmpty()) {
      pickle.op('}').put().mark().text("epoch").whole(7).text(wrapper);
    }
    pickle.orderedDict().mark();
    for (var view : views) {
      pickle.text(view.name());
      tensor(pickle, view, legacy);
    }
    pickle.op('u').op('}').put().text("_metadata").orderedDict().op('s').op('b');
    if (!wrapper.isEmpty()) {
      pickle.text("lr").op('G').raw(0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a).op('u');
    }
    return pickle.end();
  }

  private void tensor(PickleWriter pickle, View view, boolean legacy) {
    if (parameters) {
      pickle.name("torch._utils", "_rebuild_parameter");
    }
    pickle.name("torch._utils", "_rebuild_tensor_v2").mark();
    var values = Objects.requireNonNull(storages.get(view.key()));
    pickle.mark().text("storage").name("torch", torchStorage(values.type()));
    pickle.text(view.key()).text("cpu").whole(values.length());
    if (legacy) {
      pickle.op('N');
    }
    pickle.op('t').put().op('Q').whole(view.offset());
    pickle.wholes(view.shape()).wholes(view.strides()).truth(false).orderedDict();
    pickle.op('t').put().op('R').put();
    if (parameters) {
      pickle.truth(true).orderedDict().raw(0x87).put().op('R').put();
    }
  }

  static String torchStorage(ElementType type) {
    return switch (type) {
      case FLOAT16 -> "HalfStorage";
      case BFLOAT16 -> "BFloat16Storage";
      case FLOAT32 -> "FloatStorage";
      case FLOAT64 -> "DoubleStorage";
      case INT64 -> "LongStorage";
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  /** The safetensors file; strided views are laid out row by row, as its writers demand. */
  public byte[] safetensors() {
    var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    var data = new ByteArrayOutputStream();
    for (var view : views) {
      var values = Objects.requireNonNull(storages.get(view.key()));
      int from = data.size();
      data.writeBytes(rowByRow(view, values));
      header
          .append(",\"" + view.name() + "\":{\"dtype\":\"")
          .append(values.type().name().replaceFirst("(B?)FLOAT", "$1F").replace("INT", "I"))
          .append("\",\"shape\":" + Arrays.toString(view.shape()))
          .append(",\"data_offsets\":[" + from + "," + data.size() + "]}");
    }
    return safetensors(header.append("}").toString(), data.toByteArray());
  }

  /** A safetensors file with this header. */
  public static byte[] safetensors(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static byte[] rowByRow(View view, Values values) {
    var out = new ByteArrayOutputStream();
    copy(view, values, 0, view.offset(), out);
    return out.toByteArray();
  }

  private static void copy(
      View view, Values values, int dimension, long at, ByteArrayOutputStream out) {
    int size = values.type().bytes();
    if (dimension == view.shape().length) {
      out.write(values.bytes(), (int) at * size, size);
      return;
    }
    for (long i = 0; i < view.shape()[dimension]; i++) {
      copy(view, values, dimension + 1, at + i * view.strides()[dimension], out);
    }
  }
}
