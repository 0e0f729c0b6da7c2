package org.aand.weights.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.aand.common.file.Sha256;
import org.aand.weights.WeightTensor;
import org.aand.weights.keras.Hdf5Writer.Numbers;
import org.aand.weights.keras.Hdf5Writer.Storage;
import org.junit.jupiter.api.Test;

/** Keras' three layouts, read; one of them written. */
class KerasWeightsTest extends WeightsTestBase {
  private static final float[] EIGHT = {1, -2, 0.5f, 0, 4, 1024, -0.25f, 3};

  @Test
  void whatIsWrittenIsReadAgain() {
    var random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      var tensors = new ArrayList<WeightTensor>();
      int layers = random.nextInt(1, 6);
      for (int layer = 0; layer < layers; layer++) {
        int variables = random.nextInt(1, 4);
        for (int variable = 0; variable < variables; variable++) {
          int[] shape = random.ints(random.nextInt(1, 6), 1, 5).toArray();
          float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
          for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
          }
          tensors.add(new WeightTensor("schicht_ü" + layer, "v" + variable, shape, values));
        }
      }
      var file = folder.resolve("round" + round + ".h5");
      KerasWeightsFile.write(file, tensors);
      var read = KerasWeights.read(file).tensors();
      assertEquals(tensors.size(), read.size());
      for (int i = 0; i < read.size(); i++) {
        assertEquals(tensors.get(i).name(), read.get(i).name());
        assertArrayEquals(tensors.get(i).shape(), read.get(i).shape());
        assertArrayEquals(tensors.get(i).values(), read.get(i).values());
      }
    }
  }

  @Test
  void equalTensorsGiveEqualFilesAndNothingElseIsLeft() throws Exception {
    var file = folder.resolve("new/folder/weights.h5");
    var tensors = List.of(new WeightTensor("a", "kernel", new int[] {2, 4}, EIGHT));
    KerasWeightsFile.write(file, tensors);
    var first = Sha256.sha256(file);
    // HDF5 keeps times in seconds.
    Thread.sleep(1100);
    KerasWeightsFile.write(file, tensors);
    assertEquals(first, Sha256.sha256(file));
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void writingRefusesNamesAndPlacesThatCannotBe() throws Exception {
    var tensor = new WeightTensor("a", "kernel", new int[] {8}, EIGHT);
    var file = folder.resolve("w.h5");
    assertThrows(
        IllegalArgumentException.class,
        () -> KerasWeightsFile.write(file, List.of(tensor, tensor)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            KerasWeightsFile.write(
                file, List.of(new WeightTensor("a/b", "kernel", new int[] {8}, EIGHT))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WeightTensor("a", "kernel", new int[] {3, 3}, EIGHT));
    assertTrue(Files.notExists(file));
    assertContains(
        refusal(folder, () -> KerasWeightsFile.write(folder, List.of(tensor))), "folder");
    var occupied = Files.writeString(folder.resolve("occupied"), "a file, not a folder");
    var below = occupied.resolve("w.h5");
    refusal(below, () -> KerasWeightsFile.write(below, List.of(tensor)));
  }

  @Test
  void fullModelFileIsReadBelowModelWeights() throws Exception {
    var file = folder.resolve("model.h5");
    try (var h5 = new Hdf5Writer(file)) {
      h5.texts("/", "model_config", List.of(MODEL_CONFIG))
          .group("/optimizer_weights")
          .group("/model_weights")
          .texts("/model_weights", "layer_names", List.of("input_1", "conv", "bn"))
          .group("/model_weights/input_1")
          .numbers("/model_weights/input_1", "weight_names")
          .group("/model_weights/conv")
          .group("/model_weights/conv/conv")
          .texts("/model_weights/conv", "weight_names", List.of("conv/kernel:0", "conv/bias:0"))
          .data("/model_weights/conv/conv/kernel:0", Numbers.FLOAT32, EIGHT, 1, 1, 2, 4)
          .data("/model_weights/conv/conv/bias:0", Numbers.FLOAT32, EIGHT, 8)
          .group("/model_weights/bn")
          .group("/model_weights/bn/bn")
          // Keras 3 leaves the :0 away.
          .texts("/model_weights/bn", "weight_names", List.of("bn/gamma"))
          .data("/model_weights/bn/bn/gamma", Numbers.FLOAT32, EIGHT, 8);
    }
    var weights = KerasWeights.read(file);
    assertEquals(List.of("conv/kernel", "conv/bias", "bn/gamma"), names(weights));
    assertEquals(24, weights.count());
    assertEquals(List.of("conv", "bn"), List.copyOf(weights.layers().keySet()));
    assertArrayEquals(new int[] {1, 1, 2, 4}, weights.find("conv/kernel").orElseThrow().shape());
    assertEquals(Map.of("bn", 1.001e-5, "inner_bn", 0.001), weights.epsilons());
    assertEquals(List.of("bn/gamma"), names(KerasWeights.read(file, layer -> layer.equals("bn"))));
  }

  private static final String MODEL_CONFIG =
      """
      {"class_name": "Functional", "config": {"name": "m", "layers": [
        {"class_name": "Conv2D", "config": {"name": "conv", "filters": 4}},
        {"class_name": "BatchNormalization", "config": {"name": "bn", "epsilon": 1.001e-05}},
        {"class_name": "Functional", "config": {"name": "inner", "layers": [
          {"class_name": "BatchNormalization", "config": {"name": "inner_bn", "epsilon": 0.001}},
          {"class_name": "BatchNormalization", "config": {"name": "untold"}}]}}]}}
      """;

  @Test
  void longListsOfLayersComeInParts() throws Exception {
    var file = folder.resolve("parts.h5");
    try (var h5 = new Hdf5Writer(file)) {
      h5.texts("/", "layer_names0", List.of("a")).texts("/", "layer_names1", List.of("b"));
      for (var layer : List.of("/a", "/b")) {
        h5.group(layer).texts(layer, "weight_names", List.of("kernel:0"));
        h5.data(layer + "/kernel:0", Numbers.FLOAT32, EIGHT, 8);
      }
    }
    assertEquals(List.of("a/kernel", "b/kernel"), names(KerasWeights.read(file)));
  }

  @Test
  void layersOfNestedModelsHaveTheirOwnNames() throws Exception {
    var file = folder.resolve("nested.h5");
    try (var h5 = new Hdf5Writer(file)) {
      h5.texts("/", "layer_names", List.of("resnet"))
          .group("/resnet")
          .texts("/resnet", "weight_names", List.of("c1/kernel:0", "c2/kernel:0"))
          .group("/resnet/c1")
          .group("/resnet/c2")
          .data("/resnet/c1/kernel:0", Numbers.FLOAT32, EIGHT, 8)
          .data("/resnet/c2/kernel:0", Numbers.FLOAT32, EIGHT, 8);
    }
    assertEquals(List.of("c1/kernel", "c2/kernel"), names(KerasWeights.read(file)));
  }

  @Test
  void keras3FilesNumberTheirVariables() throws Exception {
    var file = folder.resolve("k3.weights.h5");
    try (var h5 = new Hdf5Writer(file)) {
      h5.group("/_layer_checkpoint_dependencies").group("/layers").group("/optimizer");
      keras3Layer(h5, "/layers/conv2d", "conv1_conv");
      h5.data("/layers/conv2d/vars/0", Numbers.FLOAT32, EIGHT, 2, 2, 1, 2);
      h5.data("/layers/conv2d/vars/1", Numbers.FLOAT32, new float[] {5, 6}, 2);
      keras3Layer(h5, "/layers/conv1_bn", "");
      for (int i = 0; i < 4; i++) {
        h5.data("/layers/conv1_bn/vars/" + i, Numbers.FLOAT32, new float[] {i, i}, 2);
      }
      keras3Layer(h5, "/layers/relu", "");
      keras3Layer(h5, "/layers/scale", "");
      h5.data("/layers/scale/vars/0", Numbers.FLOAT32, EIGHT, 8);
      h5.group("/layers/functional").group("/layers/functional/layers");
      keras3Layer(h5, "/layers/functional/layers/head", "");
      h5.data("/layers/functional/layers/head/vars/0", Numbers.FLOAT32, EIGHT, 4, 2);
    }
    var weights = KerasWeights.read(file);
    assertEquals(
        new HashSet<>(
            List.of(
                "conv1_conv/kernel",
                "conv1_conv/bias",
                "conv1_bn/gamma",
                "conv1_bn/beta",
                "conv1_bn/moving_mean",
                "conv1_bn/moving_variance",
                "scale/0",
                "head/kernel")),
        new HashSet<>(names(weights)));
    assertArrayEquals(
        new float[] {3, 3}, weights.find("conv1_bn/moving_variance").orElseThrow().values());
    assertArrayEquals(new float[] {5, 6}, weights.find("conv1_conv/bias").orElseThrow().values());
  }

  private static void keras3Layer(Hdf5Writer h5, String path, String name) throws Exception {
    h5.group(path).group(path + "/vars");
    if (!name.isEmpty()) {
      h5.texts(path + "/vars", "name", List.of(name));
    }
  }

  @Test
  void halfAndDoublePrecisionAreConverted() throws Exception {
    for (var numbers :
        List.of(Numbers.FLOAT16, Numbers.FLOAT32, Numbers.FLOAT32_BIG_ENDIAN, Numbers.FLOAT64)) {
      var file = folder.resolve(numbers + ".h5");
      try (var h5 = new Hdf5Writer(file)) {
        oneLayer(h5).data("/a/kernel:0", numbers, EIGHT, 8);
      }
      // All are exact in float16.
      assertArrayEquals(
          EIGHT, KerasWeights.read(file).find("a/kernel").orElseThrow().values(), numbers.name());
      var size = Map.of(Numbers.FLOAT16, 16, Numbers.FLOAT64, 64).getOrDefault(numbers, 32);
      var bytes = Files.readAllBytes(file).length;
      assertTrue(bytes >= size, () -> numbers + " takes " + bytes);
    }
  }

  @Test
  void datasetsThatAreNoWeightsAreRefused() throws Exception {
    assertContains(
        refusalOf(h5 -> h5.data("/a/kernel:0", Numbers.INT32, EIGHT, 8)), "/a/kernel:0", "float");
    assertContains(
        refusalOf(h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, EIGHT)), "1 to 5 dimensions");
    assertContains(
        refusalOf(h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, new float[0], 3, 0)), "empty");
    assertContains(
        refusalOf(h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, EIGHT, 1, 1, 1, 1, 1, 8)),
        "1 to 5 dimensions");
  }

  @Test
  void absurdSizesAreRefusedBeforeAnythingIsAllocated() throws Exception {
    for (long[] shape :
        new long[][] {
          {1L << 40}, {1L << 30, 1L << 30}, {1L << 62, 1L << 62, 16}, {Integer.MAX_VALUE, 3}
        }) {
      assertContains(
          refusalOf(
              h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, Storage.NEVER_WRITTEN, EIGHT, shape)),
          "implausible number of values of /a/kernel:0");
    }
    assertContains(
        refusalOf(
            h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, Storage.NEVER_WRITTEN, EIGHT, 1 << 20)),
        "declares 1048576 values but only 0 bytes are stored");
  }

  @Test
  void noOtherFileIsOpened() throws Exception {
    assertContains(
        refusalOf(h5 -> h5.data("/a/kernel:0", Numbers.FLOAT32, Storage.OTHER_FILE, EIGHT, 8)),
        "in another file");
    assertContains(
        refusalOf(h5 -> h5.data("/b", Numbers.FLOAT32, EIGHT, 8).softLink("/b", "/a/kernel:0")),
        "link");
  }

  @Test
  void listsThatNameWhatIsNotThereAreRefused() throws Exception {
    assertContains(refusalOf(h5 -> {}), "weight kernel:0 of layer a");
    var file = folder.resolve("missing.h5");
    try (var h5 = new Hdf5Writer(file)) {
      h5.texts("/", "layer_names", List.of("gone"));
    }
    assertContains(refusal(file, () -> KerasWeights.read(file)), "layer gone");
    try (var h5 = new Hdf5Writer(file)) {
      h5.group("/images").data("/images/0", Numbers.FLOAT32, EIGHT, 8);
    }
    assertContains(refusal(file, () -> KerasWeights.read(file)), "no Keras weights");
  }

  @Test
  void brokenConfigIsRefused() throws Exception {
    assertContains(
        refusalOf(
            h5 ->
                h5.data("/a/kernel:0", Numbers.FLOAT32, EIGHT, 8)
                    .texts("/", "model_config", List.of("{\"class_name\": "))),
        "model_config is not JSON");
    for (var epsilon : List.of("0", "-1e-5", "\"small\"", "1e999", "null")) {
      var json =
          "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \"bn\", \"epsilon\": "
              + epsilon
              + "}}";
      assertContains(
          refusalOf(
              h5 ->
                  h5.data("/a/kernel:0", Numbers.FLOAT32, EIGHT, 8)
                      .texts("/", "model_config", List.of(json))),
          "epsilon of bn",
          "not a positive number");
    }
  }

  @Test
  void valuesThatTheLibraryCannotReadAreRefused() throws Exception {
    var file = folder.resolve("checksum.h5");
    try (var h5 = new Hdf5Writer(file)) {
      oneLayer(h5).data("/a/kernel:0", Numbers.FLOAT32, Storage.CHECKSUMMED, EIGHT, 8);
    }
    assertArrayEquals(EIGHT, KerasWeights.read(file).find("a/kernel").orElseThrow().values());
    byte[] bytes = Files.readAllBytes(file);
    bytes[positionOf(bytes, Float.floatToIntBits(1024))] ^= 1;
    Files.write(file, bytes);
    assertContains(
        refusal(file, () -> KerasWeights.read(file)), "cannot read the values of /a/kernel:0");
  }

  private static int positionOf(byte[] bytes, int word) {
    for (int i = 0; i + 4 <= bytes.length; i++) {
      int here =
          (bytes[i] & 255)
              | (bytes[i + 1] & 255) << 8
              | (bytes[i + 2] & 255) << 16
              | (bytes[i + 3] & 255) << 24;
      if (here == word) {
        return i;
      }
    }
    throw new AssertionError("the value is not in the file");
  }

  @Test
  void filesThatAreNotHdf5AreRefused() throws IOException {
    var missing = folder.resolve("missing.h5");
    assertContains(refusal(missing, () -> KerasWeights.read(missing)), "there is no");
    assertContains(refusal(folder, () -> KerasWeights.read(folder)), "name the .h5 file");
    var file = folder.resolve("file.h5");
    Files.createFile(file);
    assertContains(refusal(file, () -> KerasWeights.read(file)), "is empty");
    for (var text : List.of("x", "some text\n".repeat(1000))) {
      Files.writeString(file, text);
      assertContains(refusal(file, () -> KerasWeights.read(file)), "not an HDF5 file");
    }
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0});
    assertContains(refusal(file, () -> KerasWeights.read(file)), ".keras", "save_weights");
  }

  @Test
  void truncatedFilesAreRefusedAtEveryLength() throws IOException {
    var whole = folder.resolve("whole.h5");
    KerasWeightsFile.write(
        whole,
        List.of(
            new WeightTensor("a", "kernel", new int[] {2, 4}, EIGHT),
            new WeightTensor("b", "kernel", new int[] {300}, new float[300])));
    byte[] bytes = Files.readAllBytes(whole);
    var file = folder.resolve("cut.h5");
    for (int length = 1; length < bytes.length; length += 97) {
      Files.write(file, Arrays.copyOf(bytes, length));
      var message = refusal(file, () -> KerasWeights.read(file));
      assertContains(message, length < 8 ? "not an HDF5 file" : "cut short");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertContains(refusal(file, () -> KerasWeights.read(file)), "cut short");
  }

  @Test
  void theLibraryPrintsNothing() throws Exception {
    var file = folder.resolve("cut.h5");
    KerasWeightsFile.write(file, List.of(new WeightTensor("a", "kernel", new int[] {8}, EIGHT)));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 600));
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReadsOneFile.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    var printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(42, child.waitFor(), printed);
    assertEquals("", printed);
  }

  /** Ends with 42 if the file named by its argument is refused as it should be. */
  static final class ReadsOneFile {
    public static void main(String[] arguments) {
      var file = Path.of(arguments[0]);
      refusal(file, () -> KerasWeights.read(file));
      System.exit(42);
    }
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(Hdf5Writer h5) throws Exception;
  }

  /** How a file is refused that lists {@code a/kernel} and has this content. */
  private String refusalOf(Content content) throws Exception {
    var file = folder.resolve("refused.h5");
    try (var h5 = new Hdf5Writer(file)) {
      content.writeTo(oneLayer(h5));
    }
    return refusal(file, () -> KerasWeights.read(file));
  }

  private static Hdf5Writer oneLayer(Hdf5Writer h5) throws Exception {
    return h5.texts("/", "layer_names", List.of("a"))
        .group("/a")
        .texts("/a", "weight_names", List.of("kernel:0"));
  }

  private static List<String> names(KerasWeights weights) {
    return weights.tensors().stream().map(WeightTensor::name).toList();
  }
}
