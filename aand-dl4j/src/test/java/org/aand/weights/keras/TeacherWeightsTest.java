package org.aand.weights.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.aand.common.file.Sha256;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightTensor;
import org.aand.weights.keras.Hdf5Writer.Numbers;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Files that are a teacher's, and files that are not. */
class TeacherWeightsTest extends WeightsTestBase {
  private static final Backbone SMALL = new Backbone("small", false, List.of(1, 1, 1), 64);

  @Test
  void imageNetResNet18() {
    var file =
        Path.of(System.getProperty("aand.shared", "../shared"))
            .resolve("weights/resnet18_imagenet_notop.h5");
    assumeTrue(Files.exists(file), () -> "no " + file);
    var sha256 = "348a8adc1eafcb58346c33e8285edf54139577253d6f1e3da9001651ce4e9b89";
    assertEquals(2_787_264, KerasWeights.read(file).count());
    try (var teacher = TeacherWeights.load(file, Backbone.named("resnet18"))) {
      assertEquals(sha256, teacher.sha256());
      var parameters = teacher.parameters();
      assertEquals(2_787_264, parameters.count());
      assertEquals(
          Backbone.named("resnet18").parameters().stream().map(ParameterSpec::name).toList(),
          List.copyOf(parameters.all().keySet()));
      for (var parameter : parameters.all().entrySet()) {
        var values = parameter.getValue();
        assertEquals(DataType.FLOAT, values.dataType());
        // Normalisation is folded into kernel and beta in this file.
        if (parameter.getKey().endsWith("/gamma")) {
          assertEquals(1, values.minNumber().doubleValue());
          assertEquals(1, values.maxNumber().doubleValue());
        } else if (parameter.getKey().endsWith("/moving_mean")) {
          assertEquals(0, values.amaxNumber().doubleValue());
        } else if (parameter.getKey().endsWith("/moving_variance")) {
          assertEquals(1 - 1e-5, values.minNumber().doubleValue(), 1e-7);
          assertEquals(1 - 1e-5, values.maxNumber().doubleValue(), 1e-7);
        }
      }
      // Edge filters see each colour: those of the stem are far from constant.
      assertTrue(parameters.get("conv1_conv/kernel").stdNumber().doubleValue() > 0.01);
    }
    assertContains(
        refusal(file, () -> TeacherWeights.load(file, Backbone.named("wide_resnet50_2"))),
        "do not fit wide_resnet50_2",
        "these look like resnet18's weights; pass --backbone resnet18");
  }

  @Test
  void everyTensorArrivesUnderItsName() {
    var tensors = tensors(SMALL, 1);
    var file = write(tensors);
    try (var teacher = TeacherWeights.load(file, SMALL)) {
      assertEquals(Sha256.sha256(file), teacher.sha256());
      assertEquals(
          SMALL.parameters().stream().map(ParameterSpec::name).toList(),
          List.copyOf(teacher.parameters().all().keySet()));
      for (var tensor : tensors) {
        var array = teacher.parameters().get(tensor.name());
        assertArrayEquals(tensor.values(), array.dup('c').data().asFloat(), tensor.name());
        assertEquals(tensor.shape().length, array.rank());
      }
      // Row-major: [kH, kW, in, out].
      var kernel = tensors.get(0);
      assertEquals(
          kernel.values()[((2 * 7 + 5) * 3 + 1) * 64 + 9],
          teacher.parameters().get(kernel.name()).getFloat(2, 5, 1, 9));
    }
  }

  @Test
  void aBiasIsTakenOffTheMeanBehindIt() {
    var tensors = tensors(SMALL, 2);
    float[] bias = new float[64];
    bias[3] = 7;
    tensors.add(new WeightTensor("conv2_block1_1_conv", "bias", new int[] {64}, bias));
    var file = write(tensors);
    try (var teacher = TeacherWeights.load(file, SMALL)) {
      assertEquals(
          SMALL.parameters().stream().map(ParameterSpec::name).toList(),
          List.copyOf(teacher.parameters().all().keySet()));
      for (var tensor : tensors) {
        if (tensor.variable().equals("moving_mean")) {
          float[] expected = tensor.values().clone();
          expected[3] -= tensor.layer().equals("conv2_block1_1_bn") ? 7 : 0;
          assertArrayEquals(
              expected, teacher.parameters().get(tensor.name()).data().asFloat(), tensor.name());
        }
      }
    }
    tensors.set(
        tensors.size() - 1,
        new WeightTensor("conv2_block1_1_conv", "bias", new int[] {32}, new float[32]));
    assertContains(
        loadingRefused(write(tensors)),
        "1 of another shape: conv2_block1_1_conv/bias (expected [64], found [32])");
  }

  @Test
  void layersBehindTheThirdStageAreLeftOut() {
    var tensors = tensors(SMALL, 3);
    for (var layer : List.of("conv5_block1_1_conv", "predictions", "probs", "fc", "fc1000")) {
      tensors.add(
          new WeightTensor(layer, "kernel", new int[] {1}, new float[] {Float.POSITIVE_INFINITY}));
    }
    try (var teacher = TeacherWeights.load(write(tensors), SMALL)) {
      assertEquals(SMALL.parameters().size(), teacher.parameters().all().size());
    }
  }

  @Test
  void missingExtraAndMisshapedTensorsAreNamed() {
    var tensors = tensors(SMALL, 4);
    tensors.removeIf(tensor -> tensor.layer().equals("conv3_block1_0_bn"));
    tensors.replaceAll(
        tensor ->
            tensor.name().equals("conv1_conv/kernel")
                ? new WeightTensor("conv1_conv", "kernel", new int[] {3, 7, 7, 64}, tensor.values())
                : tensor);
    tensors.add(new WeightTensor("attention", "query", new int[] {2}, new float[2]));
    assertContains(
        loadingRefused(write(tensors)),
        "do not fit small",
        "4 missing: conv3_block1_0_bn/gamma [128], conv3_block1_0_bn/beta [128],"
            + " conv3_block1_0_bn/moving_mean [128] and 1 more",
        "1 of another shape: conv1_conv/kernel (expected [7, 7, 3, 64], found [3, 7, 7, 64])",
        "1 not known to it: attention/query [2]");
  }

  @Test
  void weightsOfAnotherBackboneAreRecognised() {
    // ResNet-18's layers are all in ResNet-34, in the same shapes.
    var file = write(tensors(Backbone.named("resnet34"), 5));
    assertContains(
        refusal(file, () -> TeacherWeights.load(file, Backbone.named("resnet18"))),
        "not known to it: conv2_block3_1_conv/kernel [3, 3, 64, 64]",
        "these look like resnet34's weights; pass --backbone resnet34");
  }

  @Test
  void layersNamedByTheirClassAreExplained() {
    var file = write(List.of(new WeightTensor("conv2d_1", "kernel", new int[] {1}, new float[1])));
    assertContains(loadingRefused(file), "no names of their own");
  }

  @Test
  void valuesThatAreNoWeightsAreRefused() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      var tensors = tensors(SMALL, 6);
      tensors.get(2).values()[5] = bad;
      assertContains(
          loadingRefused(write(tensors)), "conv1_bn/beta holds " + bad + " (value 6 of 64)");
    }
    var tensors = tensors(SMALL, 7);
    tensors.get(4).values()[0] = -0.5f;
    assertContains(loadingRefused(write(tensors)), "conv1_bn/moving_variance holds -0.5");
  }

  @Test
  void epsilonComesFromTheModelConfig() throws Exception {
    var tensors = tensors(SMALL, 8);
    var file = folder.resolve("model.h5");
    writeModel(file, tensors, layer -> "1.001e-05");
    var variance = tensors.get(4);
    try (var teacher = TeacherWeights.load(file, SMALL)) {
      double loaded = teacher.parameters().get(variance.name()).getDouble(0);
      assertEquals(variance.values()[0] + 1e-8, loaded, 1e-7);
    }
    try (var teacher = TeacherWeights.load(file, SMALL, OptionalDouble.of(1e-3))) {
      double loaded = teacher.parameters().get(variance.name()).getDouble(0);
      assertEquals(variance.values()[0] + 1e-3 - Net.EPSILON, loaded, 1e-7);
    }
    for (double wrong : new double[] {0, -1, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> TeacherWeights.load(file, SMALL, OptionalDouble.of(wrong)));
    }
  }

  @Test
  void everyEpsilonKeepsVariancePlusEpsilon() throws Exception {
    var tensors = tensors(SMALL, 9);
    var file = folder.resolve("model.h5");
    Map<String, Double> epsilons = new HashMap<>();
    writeModel(
        file,
        tensors,
        layer -> {
          double epsilon = layer.startsWith("conv1") ? 1e-3 : layer.endsWith("_1_bn") ? 0.25 : 1e-4;
          epsilons.put(layer, epsilon);
          return Double.toString(epsilon);
        });
    try (var teacher = TeacherWeights.load(file, SMALL)) {
      for (var tensor : tensors) {
        if (tensor.variable().equals("moving_variance")) {
          var loaded = teacher.parameters().get(tensor.name());
          for (int i = 0; i < tensor.values().length; i++) {
            double expected =
                tensor.values()[i] + epsilons.getOrDefault(tensor.layer(), Double.NaN);
            assertEquals(expected, loaded.getDouble(i) + Net.EPSILON, 1e-6 * expected);
          }
        }
      }
    }
  }

  @Test
  void hashIsThatOfTheStandard() throws Exception {
    var file = Files.writeString(folder.resolve("abc"), "abc");
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256.sha256(file));
    assertContains(
        refusal(folder.resolve("none"), () -> Sha256.sha256(folder.resolve("none"))), "none");
  }

  private String loadingRefused(Path file) {
    return refusal(file, () -> TeacherWeights.load(file, SMALL).close());
  }

  private Path write(List<WeightTensor> tensors) {
    var file = folder.resolve("teacher.h5");
    KerasWeightsFile.write(file, tensors);
    return file;
  }

  /** A full-model file whose normalisations have these epsilons. */
  private static void writeModel(
      Path file, List<WeightTensor> tensors, UnaryOperator<String> epsilon) throws Exception {
    var layers = tensors.stream().map(WeightTensor::layer).distinct().toList();
    var configs =
        layers.stream()
            .filter(layer -> layer.endsWith("_bn"))
            .map(
                layer ->
                    "{\"class_name\": \"BatchNormalization\", \"config\": {\"name\": \""
                        + layer
                        + "\", \"epsilon\": "
                        + epsilon.apply(layer)
                        + "}}")
            .toList();
    try (var h5 = new Hdf5Writer(file)) {
      h5.texts("/", "model_config", List.of("{\"config\": {\"layers\": " + configs + "}}"))
          .group("/model_weights")
          .texts("/model_weights", "layer_names", layers);
      for (var layer : layers) {
        var group = "/model_weights/" + layer;
        var own = tensors.stream().filter(t -> t.layer().equals(layer)).toList();
        h5.group(group).texts(group, "weight_names", own.stream().map(t -> t.variable()).toList());
        for (var tensor : own) {
          long[] shape = new long[tensor.shape().length];
          for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.shape()[i];
          }
          h5.data(group + "/" + tensor.variable(), Numbers.FLOAT32, tensor.values(), shape);
        }
      }
    }
  }

  private static List<WeightTensor> tensors(Backbone backbone, long seed) {
    var random = new SplittableRandom(seed);
    var tensors = new ArrayList<WeightTensor>();
    for (var spec : backbone.parameters()) {
      var name = spec.name().split("/", -1);
      float[] values = new float[(int) spec.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble();
      }
      int[] shape = spec.shape().stream().mapToInt(Long::intValue).toArray();
      tensors.add(new WeightTensor(name[0], name[1], shape, values));
    }
    return tensors;
  }
}
