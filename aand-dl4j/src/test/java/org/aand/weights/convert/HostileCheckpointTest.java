package org.aand.weights.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aand.common.InputException;
import org.aand.network.teacher.Backbone;
import org.aand.weights.torch.CheckpointWriter;
import org.aand.weights.torch.ElementType;
import org.aand.weights.torch.TorchCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made to break the import: each is refused in one line that names it, nothing is written,
 * and no more memory is used than a file of its size deserves.
 */
class HostileCheckpointTest {
  private static final Backbone SMALL = new Backbone("small", false, List.of(1, 1, 1), 64);

  /** What refusing a file may allocate beside a few times its size. */
  private static final long ALLOWANCE = 64L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Path folder;
  private final Path out;

  HostileCheckpointTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out/teacher.h5");
  }

  @Test
  void picklesWithCallsAndLies() throws Exception {
    var oneFloat = new CheckpointWriter().storage("0", ElementType.FLOAT32, new byte[4]);
    for (var pickle : HostilePickles.all().entrySet()) {
      refused(pickle.getKey() + ", before 1.6", oneFloat.legacy(pickle.getValue()));
      refused(
          pickle.getKey() + ", zip",
          CheckpointWriter.zip(
              entries("archive/data.pkl", pickle.getValue(), "archive/data/0", new byte[4])));
    }
  }

  @Test
  void callsAreNamed() throws Exception {
    var pickles = HostilePickles.all();
    for (var name : List.of("os system", "builtins eval", "torch.storage _load_from_bytes")) {
      var bytes = new CheckpointWriter().legacy(bytes(pickles, "calls " + name));
      assertTrue(refused(name, bytes).contains("the pickle wants " + name.replace(' ', '.')), name);
    }
    assertTrue(
        refused("storage", new CheckpointWriter().legacy(bytes(pickles, "calls a storage")))
            .contains("the pickle calls torch.FloatStorage"));
    assertTrue(
        refused("state", new CheckpointWriter().legacy(bytes(pickles, "state on a dictionary")))
            .contains("sets a state"));
  }

  private static byte[] bytes(Map<String, byte[]> pickles, String what) {
    var bytes = pickles.get(what);
    if (bytes == null) {
      throw new IllegalArgumentException(what);
    }
    return bytes;
  }

  @Test
  void archives() throws Exception {
    byte[] pickle = new byte[] {(byte) 0x80, 2, '}', '.'};
    for (var name :
        List.of(
            "../evil",
            "/etc/passwd",
            "archive/../../evil",
            "..",
            "archive\\..\\evil",
            "C:\\evil",
            "archive/data/..")) {
      assertTrue(
          refused(name, CheckpointWriter.zip(entries("archive/data.pkl", pickle, name, pickle)))
              .contains("out of the archive"));
    }
    refused("no pickle", CheckpointWriter.zip(entries("archive/version", pickle, "x", pickle)));
    refused("two", CheckpointWriter.zip(entries("a/data.pkl", pickle, "b/data.pkl", pickle)));
    assertTrue(
        refused(
                "program",
                CheckpointWriter.zip(entries("a/data.pkl", pickle, "a/constants.pkl", pickle)))
            .contains("TorchScript"));
    byte[] big = "big".getBytes(StandardCharsets.US_ASCII);
    refused("order", CheckpointWriter.zip(entries("a/data.pkl", pickle, "a/byteorder", big)));
    assertTrue(refused("bomb", bomb("archive/data.pkl")).contains("compressed"));
    assertTrue(refused("bomb", bomb("archive/data/0")).contains("compressed"));
    refused("overlapping", sizesChanged(honest().zip(), 1 << 30));
    refused("negative", sizesChanged(honest().zip(), -5));
    refused(
        "storage missing", CheckpointWriter.zip(entries("a/data.pkl", namesStorage(), "x", big)));
    refused("no entries", CheckpointWriter.zip(Map.of("x", new byte[0])));
    refused("only the end mark", Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 22));
  }

  /** 64 MB of zeros in 64 kB. */
  private static byte[] bomb(String name) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      for (int i = 0; i < 64; i++) {
        zip.write(new byte[1 << 20]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] namesStorage() {
    byte[] zip = new CheckpointWriter().tensor("a", new float[1], 1).legacy();
    int from = zip.length;
    return Arrays.copyOf(zip, Math.min(from, 100));
  }

  /** Every entry's two sizes in the central directory. */
  private static byte[] sizesChanged(byte[] zip, int size) {
    var bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < zip.length - 46; at++) {
      if (bytes.getInt(at) == 0x02014b50) {
        bytes.putInt(at + 20, size).putInt(at + 24, size);
      }
    }
    return zip;
  }

  @Test
  void storagesBefore16() throws Exception {
    byte[] whole = new CheckpointWriter().tensor("a", new float[] {1}, 1).legacy();
    for (long length : new long[] {0, 2, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 60}) {
      byte[] changed = whole.clone();
      ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putLong(changed.length - 12, length);
      refused("length " + length, changed);
    }
    byte[] other = whole.clone();
    other[4] ^= 1;
    refused("magic number", other);
    refused("empty pickle", new byte[] {(byte) 0x80, 2, '.'});
    refused("some pickle", new byte[] {(byte) 0x80, 2, 'N', '.'});
  }

  @Test
  void safetensorsHeaders() throws Exception {
    for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 1, 0, 1 << 24}) {
      var bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      refused("header of " + length, bytes.put((byte) '{').array());
    }
    var tensor = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    try (var checkpoint = TorchCheckpoint.open(save(safetensors(tensor, 4)))) {
      assertArrayEquals(new float[1], checkpoint.values("a"));
    }
    for (var change :
        List.of(
            "F32>F31",
            "F32>F64",
            "F32>\\u0000",
            "\"F32\">7",
            "\"F32\">null",
            "[1]>[2]",
            "[1]>[-1]",
            "[1]>[1.0]",
            "[1]>1",
            "[1]>[[1]]",
            "[1]>[4611686018427387904,4]",
            "[1]>[2147483648,2147483648]",
            "[1]>[99999999999999999999]",
            "[1]>[1,1,1,1,1,1,1,1,1]",
            "[1]>[\"1\"]",
            "[0,4]>[4,8]",
            "[0,4]>[4,0]",
            "[0,4]>[0,8]",
            "[0,4]>[-4,0]",
            "[0,4]>[0]",
            "[0,4]>[0,4,8]",
            "[0,4]>{}",
            "[0,4]>[1,5]",
            "[0,4]>[0,1e9]",
            "[0,4]>[9223372036854775807,0]",
            "\"dtype\">\"type\"",
            "\"a\">\"\"",
            "\"a\">\"a\\u000ab\"",
            "\"a\">\"\\u202e\"",
            "{\"a\">{\"__metadata__\"",
            "}}>}",
            "}}>}},",
            "}}>}}{",
            "}}>,\"x\":1}}",
            "}}>},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}",
            "}}>},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            "{\"a\":>[",
            "\"a\":>\"a\"")) {
      int at = change.indexOf('>');
      var from = change.substring(0, at);
      assertTrue(tensor.contains(from), change);
      refused(change, safetensors(tensor.replace(from, change.substring(at + 1)), 4));
    }
    refused("bytes behind", safetensors(tensor, 5));
    refused("bytes missing", safetensors(tensor, 3));
    refused("deep", safetensors("{\"a\":" + "[".repeat(1 << 20), 4));
    refused("deep objects", safetensors("{\"a\":".repeat(100_000), 4));
    refused("not UTF-8", CheckpointWriter.safetensors("{\"a", new byte[] {-1, -2}));
    refused("long name", safetensors(tensor.replace("\"a\"", "\"" + "a".repeat(600) + "\""), 4));
    refused("many", safetensors("{" + many(20_001) + "}", 0));
  }

  private static byte[] safetensors(String header, int bytes) {
    return CheckpointWriter.safetensors(header, new byte[bytes]);
  }

  private static String many(int tensors) {
    var header = new StringBuilder();
    for (int i = 0; i < tensors; i++) {
      header.append(i == 0 ? "" : ",").append('"').append(i);
      header.append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    return header.toString();
  }

  @Test
  void filesThatAreSomethingElse() throws Exception {
    refused("empty", new byte[0]);
    for (var start :
        List.of(
            "\u0089PNG\r\n\u001a\n",
            "GIF89a",
            "\u007fELF",
            "\u001f\u008b",
            "PK",
            "PK\u0003\u0004",
            "{",
            "<html>",
            "\u0080",
            "\u0080\u0002",
            "Rar!",
            "\u0093NUMPY",
            "#!/bin/sh\nid\n")) {
      refused(start, start.getBytes(StandardCharsets.ISO_8859_1));
      refused(start, Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 5000));
    }
    var random = new SplittableRandom(3);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[random.nextInt(1, 3000)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        bytes[0] = (byte) 0x80;
      }
      refused("random bytes " + i, bytes);
    }
    assertRefusal(folder, () -> WeightsImport.execute(folder, SMALL, out));
    assertRefusal(folder, () -> WeightsInfo.of(folder));
    var none = folder.resolve("none.pth");
    assertRefusal(none, () -> WeightsImport.execute(none, SMALL, out));
    assertRefusal(none, () -> WeightsInfo.of(none));
  }

  /** A byte changed anywhere: refused, or read without harm; an archive's values as they were. */
  @Test
  void flippedBytes() throws Exception {
    var random = new SplittableRandom(4);
    int refused = 0;
    for (byte[] whole : List.of(honest().zip(), honest().legacy(), honest().safetensors())) {
      boolean zip = whole[0] == 'P';
      for (int i = 0; i < 100; i++) {
        byte[] changed = whole.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        var file = save(changed);
        try (var checkpoint = TorchCheckpoint.open(file)) {
          for (var tensor : checkpoint.tensors().entrySet()) {
            if (tensor.getValue().type().floating()) {
              float[] values = checkpoint.values(tensor.getKey());
              if (zip) {
                assertArrayEquals(tensor.getKey().equals("a") ? VALUES : new float[] {5}, values);
              }
            }
          }
        } catch (InputException e) {
          assertOneLine(file, e);
          refused++;
        }
      }
    }
    assertTrue(refused > 100, () -> "only few are refused");
  }

  /** The whole way with a network that fits, cut and changed: no file is ever left. */
  @Test
  void networksThatAreDamaged() throws Exception {
    var writer = TorchvisionResNet.random(SMALL, 1).writer();
    var random = new SplittableRandom(5);
    for (byte[] whole : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      for (int i = 0; i < 4; i++) {
        refused("cut", Arrays.copyOf(whole, random.nextInt(whole.length)));
      }
    }
    byte[] zip = writer.zip();
    for (int i = 0; i < 4; i++) {
      byte[] changed = zip.clone();
      // Within the values, of which the archive has checksums.
      changed[zip.length / 4 + random.nextInt(zip.length / 2)] ^= 4;
      var file = save(changed);
      var message = assertRefusal(file, () -> WeightsImport.execute(file, SMALL, out));
      assertTrue(message.contains("checksum"), message);
    }
  }

  private static final float[] VALUES = {1, -2, 3, 0.5f, 1e-30f, 7};

  private static CheckpointWriter honest() {
    return new CheckpointWriter()
        .tensor("a", VALUES, 2, 3)
        .tensor("bn1.num_batches_tracked", ElementType.INT64, new byte[8])
        .tensor("b", new float[] {5}, 1);
  }

  private static Map<String, byte[]> entries(
      String first, byte[] firstBytes, String second, byte[] secondBytes) {
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put(first, firstBytes);
    entries.put(second, secondBytes);
    return entries;
  }

  /** Refused by both commands; the message. */
  private String refused(String what, byte[] bytes) throws IOException {
    var file = save(bytes);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    var message = assertRefusal(file, () -> WeightsImport.execute(file, SMALL, out));
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated < ALLOWANCE + 8L * bytes.length,
        () -> what + " allocates " + allocated + " bytes");
    assertRefusal(file, () -> WeightsInfo.of(file));
    return message;
  }

  private String assertRefusal(Path file, Executable call) {
    var message = assertOneLine(file, assertThrows(InputException.class, call));
    assertTrue(Files.notExists(out.getParent()));
    return message;
  }

  private static String assertOneLine(Path file, InputException e) {
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
    return message;
  }

  private Path save(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("hostile.pth"), bytes);
  }
}
