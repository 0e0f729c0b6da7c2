package org.aand.weights.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.Sha256;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.weights.keras.KerasWeights;
import org.aand.weights.keras.TeacherWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Torchvision's networks arrive number by number under our names, or nothing is written. */
class WeightsImportTest {
  private static final Backbone SMALL = new Backbone("small", false, List.of(1, 1, 1), 64);
  private static final Backbone SMALL_WIDE = new Backbone("wide", true, List.of(1, 2, 1), 128);

  private final Path folder;
  private final Path out;

  WeightsImportTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out/teacher.h5");
  }

  @Test
  void everyNumberArrivesBitByBit() throws Exception {
    for (var backbone : List.of(SMALL, SMALL_WIDE)) {
      var net = TorchvisionResNet.random(backbone, 1);
      var writer = net.writer();
      // One format is enough for the larger one.
      var files =
          backbone.equals(SMALL)
              ? List.of(writer.zip(), writer.legacy(), writer.safetensors())
              : List.of(writer.zip());
      for (byte[] bytes : files) {
        var from = Files.write(folder.resolve("checkpoint"), bytes);
        var done = WeightsImport.execute(from, backbone, out);
        assertEquals(backbone.parameters().size(), done.tensors());
        assertEquals(
            backbone.parameters().stream().mapToLong(ParameterSpec::length).sum(), done.values());
        // Layer 4: one convolution with its normalisation; fc: two; and a counter for each.
        long norms = net.tensors.stream().filter(t -> t.name().endsWith("running_var")).count();
        assertEquals(5 + 2 + norms, done.leftOut());
        assertEquals(Sha256.sha256(from), done.sourceSha256());
        assertEquals(Sha256.sha256(out), done.sha256());
        assertEquals(Optional.of(done.sourceSha256()), KerasWeights.read(out).sourceSha256());
        try (var teacher = TeacherWeights.load(out, backbone)) {
          assertSame(net, teacher);
        }
        assertOnlyOut();
      }
    }
  }

  @Test
  void wrappedAndParallelStatesAreTheSame() throws Exception {
    var net = TorchvisionResNet.random(SMALL, 2);
    var parallel = TorchvisionResNet.random(SMALL, 2);
    parallel.tensors.replaceAll(
        t -> new TorchvisionResNet.Tensor("module." + t.name(), t.shape(), t.values()));
    WeightsImport.execute(save(net.writer().zip()), SMALL, out);
    var plain = KerasWeights.read(out);
    WeightsImport.execute(
        save(parallel.writer().wrappedUnder("state_dict").asParameters().zip()), SMALL, out);
    var unwrapped = KerasWeights.read(out);
    for (var tensor : plain.tensors()) {
      assertTrue(
          java.util.Arrays.equals(
              tensor.values(), unwrapped.find(tensor.name()).orElseThrow().values()));
    }
  }

  /** As training programs keep it, and as a part of a larger network. */
  @Test
  void anySingleWrapperAndPrefixAreOpened() throws Exception {
    for (var prefix : List.of("backbone.", "module.model.", "net.", "encoder_q.")) {
      for (var wrapper : List.of("net", "model_state_dict", "weights")) {
        var writer =
            prefixed(TorchvisionResNet.random(SMALL, 2), prefix).writer().wrappedUnder(wrapper);
        writer.tensor("head.anchors", new float[] {1, 2}, 2);
        var done = WeightsImport.execute(save(writer.zip()), SMALL, out);
        assertEquals(SMALL.parameters().size(), done.tensors(), wrapper + " " + prefix);
      }
    }
    WeightsImport.execute(save(TorchvisionResNet.random(SMALL, 2).writer().zip()), SMALL, out);
    var plain = Sha256.sha256(out);
    var safe = prefixed(TorchvisionResNet.random(SMALL, 2), "backbone.").writer().safetensors();
    WeightsImport.execute(save(safe), SMALL, out);
    var read = KerasWeights.read(out);
    WeightsImport.execute(save(TorchvisionResNet.random(SMALL, 2).writer().zip()), SMALL, out);
    assertEquals(plain, Sha256.sha256(out));
    for (var tensor : KerasWeights.read(out).tensors()) {
      assertSameBits(
          tensor.name(), tensor.values(), read.find(tensor.name()).orElseThrow().values());
    }
  }

  @Test
  void twoNetworksInOneFileAreAskedAbout() throws Exception {
    var student = prefixed(TorchvisionResNet.random(SMALL, 2), "student.");
    student.tensors.addAll(prefixed(TorchvisionResNet.random(SMALL, 3), "teacher.").tensors);
    var from = save(student.writer().safetensors());
    var message =
        String.valueOf(
            assertThrows(InputException.class, () -> WeightsImport.execute(from, SMALL, out))
                .getMessage());
    assertTrue(message.contains("several networks (student., teacher.)"), message);
  }

  private static TorchvisionResNet prefixed(TorchvisionResNet net, String prefix) {
    net.tensors.replaceAll(
        t -> new TorchvisionResNet.Tensor(prefix + t.name(), t.shape(), t.values()));
    return net;
  }

  @Test
  void imageNetResNet18ThereAndBack() throws Exception {
    var file =
        Path.of(System.getProperty("aand.shared", "../shared"))
            .resolve("weights/resnet18_imagenet_notop.h5");
    assumeTrue(Files.exists(file), () -> "no " + file);
    var backbone = Backbone.named("resnet18");
    TorchvisionResNet net;
    try (var teacher = TeacherWeights.load(file, backbone)) {
      net = TorchvisionResNet.of(backbone, teacher.parameters().all());
    }
    var writer = net.writer();
    for (byte[] bytes : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      WeightsImport.execute(save(bytes), backbone, out);
      var expected = KerasWeights.read(file);
      var actual = KerasWeights.read(out);
      assertEquals(2_787_264, actual.count());
      for (var tensor : expected.tensors()) {
        var same = actual.find(tensor.name()).orElseThrow();
        assertEquals(tensor.sizes(), same.sizes());
        assertSameBits(tensor.name(), tensor.values(), same.values());
      }
    }
  }

  @Test
  void everythingThatDoesNotFitIsNamedAtOnce() throws Exception {
    var net = TorchvisionResNet.random(SMALL, 3);
    for (var norm : List.of("layer1.0.bn1", "layer2.0.downsample.1")) {
      for (var variable : List.of("weight", "bias", "running_mean", "running_var")) {
        net.without(norm + "." + variable);
      }
    }
    net.without("bn1.bias").with("bn1.bias", new long[] {2, 32}, new float[64]);
    net.with("attention.query", new long[] {2}, 1, 2)
        .with("layer1.1.conv1.weight", new long[] {1}, 1);
    var message = refusal(save(net.writer().zip()));
    for (var part :
        List.of(
            "does not fit small",
            "8 missing: layer1.0.bn1.weight [64], layer1.0.bn1.bias [64],"
                + " layer1.0.bn1.running_mean [64] and 5 more",
            "1 of another shape: bn1.bias (expected [64], found [2, 32])",
            "2 not known to it: attention.query [2] and 1 more",
            "\"weights info\" lists all tensors")) {
      assertTrue(message.contains(part), () -> part + " is not in " + message);
    }
  }

  @Test
  void anotherBackboneIsRecognised() throws Exception {
    var from = save(TorchvisionResNet.random(Backbone.named("resnet18"), 4).writer().zip());
    var message =
        String.valueOf(
            assertThrows(
                    InputException.class,
                    () -> WeightsImport.execute(from, Backbone.named("resnet34"), out))
                .getMessage());
    assertTrue(message.contains("these are resnet18's weights: pass --backbone resnet18"), message);
    assertTrue(Files.notExists(out));
  }

  @Test
  void deepStemsAreExplained() throws Exception {
    var net = TorchvisionResNet.random(SMALL, 5).without("conv1.weight");
    net.with("conv1.0.weight", new long[] {1}, 1).with("conv1.3.weight", new long[] {1}, 1);
    var message = refusal(save(net.writer().safetensors()));
    assertTrue(message.contains("its first layer is a stack of convolutions"), message);
    assertTrue(message.contains("conv1.0.weight"), message);
  }

  @Test
  void valuesThatAreNoWeightsAreNamed() throws Exception {
    var net = TorchvisionResNet.random(SMALL, 6);
    net.find("layer3.0.bn2.running_var").values()[2] = -0.5f;
    net.find("layer1.0.conv2.weight").values()[0] = Float.NaN;
    net.find("bn1.weight").values()[63] = Float.NEGATIVE_INFINITY;
    // Negative means are as good as any.
    net.find("bn1.running_mean").values()[0] = -7;
    var writer = net.writer();
    for (byte[] bytes : List.of(writer.zip(), writer.legacy(), writer.safetensors())) {
      var message = refusal(save(bytes));
      assertTrue(
          message.contains(
              "bn1.weight holds -Infinity (value 64 of 64), layer1.0.conv2.weight holds NaN (value"
                  + " 1 of 36864), layer3.0.bn2.running_var holds -0.5 (value 3 of 256)"),
          message);
    }
  }

  @Test
  void theCheckpointIsNotOverwritten() throws Exception {
    var from = save(TorchvisionResNet.random(SMALL, 7).writer().zip());
    var before = Sha256.sha256(from);
    assertThrows(InputException.class, () -> WeightsImport.execute(from, SMALL, from));
    assertEquals(before, Sha256.sha256(from));
  }

  @Test
  void infoTellsWhatFitsAndWhatNot() throws Exception {
    var net = TorchvisionResNet.random(Backbone.named("resnet18"), 8);
    var from = save(net.writer().zip());
    var info = WeightsInfo.of(from);
    assertEquals(Optional.of("resnet18"), info.backbone());
    assertEquals(List.of(), info.obstacles());
    assertEquals(Sha256.sha256(from), info.sha256());
    assertEquals(
        new WeightsInfo.Row("conv1.weight", "float32", List.of(64L, 3L, 7L, 7L)),
        info.tensors().get(0));
    assertEquals(
        new WeightsInfo.Row("bn1.num_batches_tracked", "int64", List.of()), info.tensors().get(5));

    WeightsImport.execute(from, Backbone.named("resnet18"), out);
    var imported = WeightsInfo.of(out);
    assertEquals(Optional.of("resnet18"), imported.backbone());
    assertEquals(Optional.of(info.sha256()), imported.sourceSha256());
    assertEquals(2_787_264, imported.count());
    assertEquals(
        new WeightsInfo.Row("conv1_conv/kernel", "float32", List.of(7L, 7L, 3L, 64L)),
        imported.tensors().get(0));

    net.find("bn1.running_var").values()[0] = -1;
    var flawed = WeightsInfo.of(save(net.writer().safetensors()));
    assertEquals(List.of("bn1.running_var holds -1.0 (value 1 of 64)"), flawed.obstacles());
    var other = WeightsInfo.of(save(net.without("bn1.weight").writer().legacy()));
    assertEquals(Optional.empty(), other.backbone());
    assertEquals("nearest is resnet18: 1 missing: bn1.weight [64]", other.obstacles().get(0));
  }

  private String refusal(Path from) {
    var message =
        String.valueOf(
            assertThrows(InputException.class, () -> WeightsImport.execute(from, SMALL, out))
                .getMessage());
    assertTrue(message.contains(from.toString()), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(Files.notExists(out.getParent()));
    return message;
  }

  private void assertOnlyOut() throws Exception {
    try (var files = Files.list(out.getParent())) {
      assertEquals(List.of(out), files.toList());
    }
  }

  /** Compares element by element, by the meaning of the two layouts. */
  private static void assertSame(TorchvisionResNet net, TeacherWeights teacher) {
    Map<String, TorchvisionResNet.Tensor> expected = net.byKerasName();
    assertEquals(expected.keySet(), teacher.parameters().all().keySet());
    expected.forEach(
        (name, tensor) -> {
          float[] actual = teacher.parameters().get(name).dup('c').data().asFloat();
          assertSameBits(name, channelsLast(tensor), actual);
        });
  }

  private static float[] channelsLast(TorchvisionResNet.Tensor tensor) {
    if (tensor.shape().length == 1) {
      return tensor.values();
    }
    int outs = (int) tensor.shape()[0];
    int ins = (int) tensor.shape()[1];
    int side = (int) tensor.shape()[2];
    float[] keras = new float[tensor.values().length];
    for (int h = 0; h < side; h++) {
      for (int w = 0; w < side; w++) {
        for (int i = 0; i < ins; i++) {
          for (int o = 0; o < outs; o++) {
            keras[((h * side + w) * ins + i) * outs + o] =
                tensor.values()[((o * ins + i) * side + h) * side + w];
          }
        }
      }
    }
    return keras;
  }

  private static void assertSameBits(String name, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, name);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]), name);
    }
  }

  private Path save(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("checkpoint"), bytes);
  }
}
