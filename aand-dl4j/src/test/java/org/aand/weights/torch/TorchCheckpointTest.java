package org.aand.weights.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.aand.common.InputException;
import org.aand.weights.pickle.PickleWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three formats give back what was put into them, whatever the type and the strides. */
class TorchCheckpointTest {
  private final Path folder;

  TorchCheckpointTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Files of Python's own pickler and zip writer; see write_checkpoints.py beside them. */
  @Test
  void whatPythonHasWritten() throws Exception {
    for (var name : List.of("protocol2.pth", "protocol4.pth", "pytorch_writer.pth", "legacy.pth")) {
      var resource = TorchCheckpointTest.class.getResource(name);
      try (var checkpoint = TorchCheckpoint.open(Path.of(resource.toURI()))) {
        assertEquals(
            Map.of(
                "whole", new TorchCheckpoint.Tensor(ElementType.FLOAT32, List.of(2L, 3L, 4L)),
                "turned", new TorchCheckpoint.Tensor(ElementType.FLOAT32, List.of(4L, 3L)),
                "halves", new TorchCheckpoint.Tensor(ElementType.FLOAT16, List.of(4L)),
                "bn.num_batches_tracked", new TorchCheckpoint.Tensor(ElementType.INT64, List.of())),
            checkpoint.tensors(),
            name);
        float[] whole = checkpoint.values("whole");
        for (int i = 0; i < 24; i++) {
          assertEquals((i - 6) / 4f, whole[i]);
        }
        assertArrayEquals(
            new float[] {-1.25f, -0.25f, 0.75f, -1, 0, 1, -0.75f, 0.25f, 1.25f, -0.5f, 0.5f, 1.5f},
            checkpoint.values("turned"));
        assertArrayEquals(new float[] {0.5f, -2, 65504, 0x1p-24f}, checkpoint.values("halves"));
        assertThrows(
            IllegalArgumentException.class, () -> checkpoint.values("bn.num_batches_tracked"));
        assertThrows(IllegalArgumentException.class, () -> checkpoint.values("none"));
      }
    }
  }

  @Test
  void viewsOfSharedStoragesInEveryFormat() throws Exception {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 30; round++) {
      float[] storage = new float[random.nextInt(60, 200)];
      var bytes = ByteBuffer.allocate(4 * storage.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < storage.length; i++) {
        storage[i] = Float.intBitsToFloat(random.nextInt());
        bytes.putFloat(storage[i]);
      }
      var writer = new CheckpointWriter().storage("shared", ElementType.FLOAT32, bytes.array());
      var expected = new float[3][];
      for (int t = 0; t < 3; t++) {
        long[] shape = {random.nextInt(1, 4), random.nextInt(1, 4), random.nextInt(1, 4)};
        long[] strides = {random.nextInt(0, 12), random.nextInt(0, 7), random.nextInt(0, 4)};
        long offset = random.nextInt(0, 12);
        expected[t] = new float[(int) (shape[0] * shape[1] * shape[2])];
        int at = 0;
        for (long i = 0; i < shape[0]; i++) {
          for (long j = 0; j < shape[1]; j++) {
            for (long k = 0; k < shape[2]; k++) {
              long from = offset + i * strides[0] + j * strides[1] + k * strides[2];
              expected[t][at++] = storage[(int) from];
            }
          }
        }
        writer.view("t" + t, "shared", offset, shape, strides);
      }
      for (byte[] file : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
        try (var checkpoint = TorchCheckpoint.open(file(file))) {
          for (int t = 0; t < 3; t++) {
            assertSameBits(expected[t], checkpoint.values("t" + t));
          }
        }
      }
    }
  }

  @Test
  void wrappersPrefixesAndParameters() throws Exception {
    for (var wrapper : List.of("", "state_dict", "model")) {
      for (var prefix : List.of("", "module.")) {
        var writer =
            new CheckpointWriter()
                .asParameters()
                .wrappedUnder(wrapper)
                .tensor(prefix + "a", new float[] {1, 2}, 2)
                .tensor(prefix + "b", new float[] {3});
        for (byte[] file : List.of(writer.zip(), writer.legacy())) {
          try (var checkpoint = TorchCheckpoint.open(file(file))) {
            assertEquals(List.of("a", "b"), List.copyOf(checkpoint.tensors().keySet()));
            assertArrayEquals(new float[] {3}, checkpoint.values("b"));
          }
        }
      }
    }
    // Not a prefix of all.
    var mixed =
        new CheckpointWriter().tensor("module.a", new float[1], 1).tensor("b", new float[1], 1);
    try (var checkpoint = TorchCheckpoint.open(file(mixed.zip()))) {
      assertEquals(List.of("module.a", "b"), List.copyOf(checkpoint.tensors().keySet()));
    }
  }

  /** Torchvision's first weights: Parameter(tensor) with a state, tensors without version. */
  @Test
  void parametersOfTheFirstVersions() throws Exception {
    var writer = new CheckpointWriter().storage("7", ElementType.FLOAT32, floats(1, 2, 3, 4));
    var pickle = PickleWriter.begin().name("collections", "OrderedDict").op(']').put().mark();
    pickle.op(']').put().mark().text("weight");
    pickle.name("torch.nn.parameter", "Parameter");
    pickle.name("torch._utils", "_rebuild_tensor").mark();
    pickle.mark().text("storage").name("torch", "FloatStorage").text("7").text("cpu").whole(4);
    // A view of the storage from its second element on.
    pickle.mark().text("8").whole(1).whole(3).op('t').op('t').op('Q');
    pickle.whole(1).wholes(2).wholes(1).op('t').op('R').raw(0x85).op('R');
    pickle.truth(true).orderedDict().raw(0x86).op('b');
    var file = writer.legacy(pickle.op('e').op('e').raw(0x85).op('R').end());
    try (var checkpoint = TorchCheckpoint.open(file(file))) {
      assertArrayEquals(new float[] {3, 4}, checkpoint.values("weight"));
    }
  }

  @Test
  void everyHalfIsWhatItsBitsSay() throws Exception {
    var bytes = ByteBuffer.allocate(2 * 65536).order(ByteOrder.LITTLE_ENDIAN);
    float[] expected = new float[65536];
    for (int bits = 0; bits < 65536; bits++) {
      bytes.putShort((short) bits);
      int exponent = bits >> 10 & 31;
      double fraction = (bits & 1023) / 1024.0;
      double magnitude =
          exponent == 0
              ? fraction * Math.pow(2, -14)
              : exponent == 31
                  ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                  : (1 + fraction) * Math.pow(2, exponent - 15);
      expected[bits] = (float) (bits < 32768 ? magnitude : -magnitude);
    }
    var writer = new CheckpointWriter().tensor("h", ElementType.FLOAT16, bytes.array(), 65536);
    for (byte[] file : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      try (var checkpoint = TorchCheckpoint.open(file(file))) {
        assertArrayEquals(expected, checkpoint.values("h"));
      }
    }
  }

  @Test
  void otherTypes() throws Exception {
    var doubles = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    doubles.putDouble(Math.PI).putDouble(-1e-3).putDouble(1e300);
    var writer =
        new CheckpointWriter()
            // 1, -3.140625, the largest, infinity: the upper halves of float32.
            .tensor(
                "b",
                ElementType.BFLOAT16,
                new byte[] {(byte) 0x80, 0x3f, 0x49, (byte) 0xc0, 0x7f, 0x7f, (byte) 0x80, 0x7f},
                4)
            .tensor("d", ElementType.FLOAT64, doubles.array(), 3)
            .tensor("n", ElementType.INT64, new byte[8]);
    for (byte[] file : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      try (var checkpoint = TorchCheckpoint.open(file(file))) {
        assertArrayEquals(
            new float[] {1, -3.140625f, 0x1.fep127f, Float.POSITIVE_INFINITY},
            checkpoint.values("b"));
        assertArrayEquals(
            new float[] {(float) Math.PI, -1e-3f, Float.POSITIVE_INFINITY}, checkpoint.values("d"));
        assertEquals(
            new TorchCheckpoint.Tensor(ElementType.INT64, List.of()),
            checkpoint.tensors().get("n"));
      }
    }
  }

  @Test
  void emptyTensorsAndScalars() throws Exception {
    var writer =
        new CheckpointWriter().tensor("empty", new float[0], 0, 3).tensor("one", new float[] {5});
    for (byte[] file : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      try (var checkpoint = TorchCheckpoint.open(file(file))) {
        assertEquals(0, checkpoint.values("empty").length);
        assertArrayEquals(new float[] {5}, checkpoint.values("one"));
      }
    }
  }

  @Test
  void entriesThatAreNoTensorsAreTold() throws Exception {
    var writer = new CheckpointWriter().storage("0", ElementType.FLOAT32, new byte[4]);
    var pickle = PickleWriter.begin().op('}').put().mark().text("note").text("hello").text("t");
    pickle.name("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").name("torch", "FloatStorage").text("0").text("cpu").whole(1);
    pickle.op('t').op('Q').whole(0).wholes(1).wholes(1).truth(false).orderedDict();
    var file = writer.legacy(pickle.op('t').op('R').op('u').end());
    try (var checkpoint = TorchCheckpoint.open(file(file))) {
      assertEquals(List.of("note"), checkpoint.others());
      assertEquals(List.of("t"), List.copyOf(checkpoint.tensors().keySet()));
    }
  }

  @Test
  void everyTruncatedFileIsRefused() throws Exception {
    var writer =
        new CheckpointWriter().tensor("a", new float[20], 4, 5).tensor("b", new float[3], 3);
    for (byte[] whole : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      for (int length = 0; length < whole.length; length++) {
        var file = file(java.util.Arrays.copyOf(whole, length));
        var message =
            String.valueOf(
                assertThrows(InputException.class, () -> TorchCheckpoint.open(file)).getMessage());
        assertTrue(message.contains(file.toString()), message);
        assertEquals(1, message.lines().count(), message);
      }
    }
  }

  private static byte[] floats(float... values) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static void assertSameBits(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]));
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("checkpoint"), bytes);
  }
}
