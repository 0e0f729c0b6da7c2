package org.aand.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import org.aand.api.DecisionRule;
import org.aand.api.SampleImages;
import org.aand.api.Verdict;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.detect.MapRuleFit;
import org.aand.detect.Prediction;
import org.aand.model.ImageScore;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.model.TinyModelFile;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.runtime.RandomModel;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime finds in an exported model what the engine finds in the model. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class OnnxExportTest {
  /** Of the greatest value of a map: single precision, summed in another order. */
  private static final double TOLERANCE = 1e-5;

  /** Operators that every runtime of the standard has. */
  private static final Set<String> OPERATORS =
      Set.of(
          "Add",
          "ArgMax",
          "Concat",
          "Conv",
          "ConvTranspose",
          "Div",
          "Exp",
          "Gemm",
          "GatherND",
          "Greater",
          "InstanceNormalization",
          "LeakyRelu",
          "MatMul",
          "Max",
          "MaxPool",
          "Min",
          "Mul",
          "ReduceL2",
          "Flatten",
          "Gather",
          "ReduceMean",
          "TopK",
          "ReduceMax",
          "ReduceSum",
          "Relu",
          "Reshape",
          "Sigmoid",
          "Slice",
          "Softmax",
          "Sqrt",
          "Sub",
          "Sum",
          "Tanh",
          "Transpose");

  @TempDir Path folder;

  private Path exported(Path model, double threshold) {
    var out = folder.resolve("model.onnx");
    OnnxExport.write(model, OptionalDouble.of(threshold), out);
    return out;
  }

  /** Random weights. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.aand.runtime.SmallNetworks#all")
  void findsWhatTheEngineFinds(
      String name, AmplifiedTeacher teacher, Scoring scoring, Tiling tiling)
      throws IOException, OrtException {
    var file = folder.resolve("model.aand");
    try (var model = RandomModel.of(teacher, scoring, tiling)) {
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file);
    }
    findsTheSame(name, file, tiling);
  }

  /** The same with a rule that is fitted to images, which no backbone has a part in. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.aand.runtime.SmallNetworks#ofOneBackbone")
  void findsWhatTheEngineFindsByAFittedRule(
      String name, AmplifiedTeacher teacher, Scoring scoring, Tiling tiling)
      throws IOException, OrtException {
    var file = folder.resolve("model.aand");
    try (var model = RandomModel.of(teacher, scoring, tiling)) {
      var fitting = MapRuleFit.forFitting(model.description(), scoring.memoryBank());
      var fit = new MapRuleFit(fitting);
      var size = tiling.tileSize();
      try (var detector = RandomModel.inJava(new Model(fitting, model.parameters())).detector(2)) {
        RandomModel.images(5, size.height(), size.width())
            .forEach(image -> fit.normal(detector.discrepancies(List.of(image)).get(0)));
      }
      var fitted = new Model(fit.fitted(), model.parameters());
      ModelStore.write(fitted, JsonNodeFactory.instance.objectNode(), file);
    }
    findsTheSame(name, file, tiling);
  }

  private void findsTheSame(String name, Path file, Tiling tiling)
      throws IOException, OrtException {
    var images = SampleImages.draw(3, tiling.resolution().width(), tiling.resolution().height());
    var preprocessing = new Preprocessing(tiling.resolution());
    List<Prediction> expected;
    var stored = RuntimeModel.read(file);
    double unit = unit(stored.contents().description().rule().score());
    try (var detector = stored.model().detector(2)) {
      expected = images.stream().map(preprocessing::apply).map(detector::detect).toList();
    }
    double threshold = between(expected);
    var onnx = exported(file, threshold);
    try (var detector = new OrtDetector(onnx)) {
      var together = detector.detect(images);
      boolean anyNormal = false;
      boolean anyAnomalous = false;
      for (int n = 0; n < images.size(); n++) {
        var alone = detector.detect(List.of(images.get(n)));
        boolean anomalous = expected.get(n).score() > (float) threshold;
        assertFound(name, expected.get(n), anomalous, unit, alone, 0);
        assertFound(name + " in a batch", expected.get(n), anomalous, unit, together, n);
        anyAnomalous |= anomalous;
        anyNormal |= !anomalous;
      }
      assertTrue(anyNormal && anyAnomalous, "the threshold divides the images");
    }
    checkStructure(onnx);
  }

  /** What a rounding of the levels' scores becomes in the image's: it is counted in deviations. */
  private static double unit(ImageScore score) {
    if (!score.isRelative()) {
      return 1;
    }
    double unit = 0;
    for (var level : score.normals()) {
      double sum = 0;
      for (int i = 0; i < level.locations(); i++) {
        sum += level.deviation(i);
      }
      unit += level.locations() / sum;
    }
    return unit;
  }

  /** A threshold that no rounding reaches. */
  private static double between(List<Prediction> found) {
    var scores = found.stream().map(Prediction::score).sorted().toList();
    float low = scores.get(0);
    float high = scores.get(scores.size() - 1);
    double threshold = 0.5 * (low + high);
    double nearest = scores.stream().mapToDouble(s -> Math.abs(s - threshold)).min().orElseThrow();
    return nearest > 10 * TOLERANCE * high ? threshold : low + 0.1 * (high - low);
  }

  private static void assertFound(
      String name,
      Prediction expected,
      boolean anomalous,
      double unit,
      OrtDetector.Found found,
      int n) {
    float[] map = found.maps().get(n);
    assertEquals(expected.map().length, map.length, name);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < map.length; i++) {
      largest = Math.max(largest, Math.abs(expected.map()[i]));
      error = Math.max(error, Math.abs(expected.map()[i] - map[i]));
    }
    assertTrue(
        largest > 0 && error <= TOLERANCE * largest,
        name + ": error " + error + ", largest value " + largest);
    assertEquals(expected.score(), found.scores()[n], TOLERANCE * largest * unit, name);
    assertEquals(anomalous, found.anomalous()[n], name);
  }

  private static void checkStructure(Path file) throws IOException {
    var model = ModelProto.parseFrom(Files.readAllBytes(file));
    assertEquals(7, model.getIrVersion());
    assertEquals(1, model.getOpsetImportCount());
    assertEquals("", model.getOpsetImport(0).getDomain());
    assertEquals(13, model.getOpsetImport(0).getVersion());
    checkGraph(model.getGraph());
  }

  /** Every value is made once, before it is used; there is nothing that is not used. */
  private static void checkGraph(GraphProto graph) {
    var known = new HashSet<String>();
    graph.getInputList().forEach(input -> known.add(input.getName()));
    for (var tensor : graph.getInitializerList()) {
      assertTrue(known.add(tensor.getName()), tensor.getName());
      long length = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
      assertEquals(
          length * (tensor.getDataType() == 7 ? Long.BYTES : Float.BYTES),
          tensor.getRawData().size(),
          tensor.getName());
    }
    var used = new HashSet<String>();
    for (var node : graph.getNodeList()) {
      assertTrue(OPERATORS.contains(node.getOpType()), node.getOpType());
      assertEquals("", node.getDomain());
      assertTrue(known.containsAll(node.getInputList()), node.getName());
      assertTrue(known.addAll(node.getOutputList()), node.getName());
      used.addAll(node.getInputList());
      if (node.getOpType().equals("TopK")) {
        // The greatest values or their places.
        used.addAll(node.getOutputList());
      }
    }
    graph.getOutputList().forEach(output -> used.add(output.getName()));
    assertEquals(known, used);
    assertEquals(List.of("image"), graph.getInputList().stream().map(i -> i.getName()).toList());
    assertEquals(
        List.of("anomaly_map", "score", "anomalous"),
        graph.getOutputList().stream().map(o -> o.getName()).toList());
    for (var value : List.of(graph.getInput(0), graph.getOutput(0), graph.getOutput(2))) {
      assertEquals("N", value.getType().getTensorType().getShape().getDim(0).getDimParam());
    }
  }

  @Test
  void aCalibratedModelDecidesByItsOwnThresholdAndSaysSo() throws IOException, OrtException {
    var images = SampleImages.draw(12, TinyModel.SIZE, TinyModel.SIZE);
    var file = TinyModelFile.write(folder.resolve("model.aand"), images.subList(0, 6));
    var onnx = folder.resolve("calibrated.onnx");
    OnnxExport.write(file, OptionalDouble.empty(), onnx);
    var contents = ModelFile.inspect(file);
    var rule = DecisionRule.of(contents.notes());
    var preprocessing = new Preprocessing(ImageSize.square(TinyModel.SIZE));
    try (var engine = RuntimeModel.read(file).model().detector(2);
        var detector = new OrtDetector(onnx)) {
      // Those behind the first six, since the score of one of these is the threshold itself.
      var found = detector.detect(images.subList(6, 12));
      for (int n = 0; n < 6; n++) {
        var expected = engine.detect(preprocessing.apply(images.get(6 + n)));
        boolean anomalous = rule.decide(expected.score()).verdict() == Verdict.ANOMALOUS;
        assertFound("calibrated", expected, anomalous, 1, found, n);
      }
      var metadata = detector.metadata();
      var calibration = contents.notes().calibration().orElseThrow();
      assertEquals(calibration.threshold(), Float.parseFloat(metadata.get("threshold")));
      assertEquals("quantile", metadata.get("threshold_basis"));
      assertEquals(contents.parametersSha256(), metadata.get("parameters_sha256"));
      var json = new ObjectMapper();
      var stated = json.readTree(metadata.get("calibration"));
      assertEquals(6, stated.path("normalScores").size());
      assertEquals(0.2, stated.path("falseAlarmRate").asDouble());
      var image = json.readTree(metadata.get("preprocessing"));
      assertEquals(TinyModel.SIZE, image.path("width").asInt());
      assertEquals("bicubic", image.path("resize").asText());
      assertEquals("random", json.readTree(metadata.get("teacher")).path("label").asText());
    }
    OnnxExport.write(file, OptionalDouble.of(7), onnx);
    try (var detector = new OrtDetector(onnx)) {
      assertEquals("7.0", detector.metadata().get("threshold"), "replaced");
      assertEquals("user", detector.metadata().get("threshold_basis"));
      assertFalse(detector.detect(images.subList(0, 1)).anomalous()[0]);
    }
    assertEquals(
        Set.of("model.aand", "calibrated.onnx"),
        Set.of(java.util.Objects.requireNonNull(folder.toFile().list())));
  }

  @Test
  void whatCannotBeExportedIsRefusedAndLeavesNothing() throws IOException {
    var file = TinyModelFile.write(folder.resolve("model.aand"));
    var out = folder.resolve("out.onnx");
    assertRefused(file, OptionalDouble.empty(), out, "run calibrate");
    assertRefused(file, OptionalDouble.of(1), file, "it is the model itself");
    byte[] bytes = Files.readAllBytes(file);
    var damaged = folder.resolve("damaged.aand");
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(damaged, OptionalDouble.of(1), out, "is damaged");
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    assertRefused(damaged, OptionalDouble.of(1), out, "is damaged");
    assertFalse(Files.exists(out));
    assertEquals(2, java.util.Objects.requireNonNull(folder.toFile().list()).length);
  }

  private static void assertRefused(Path model, OptionalDouble threshold, Path out, String why) {
    var e = assertThrows(InputException.class, () -> OnnxExport.write(model, threshold, out));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(why) && message.lines().count() == 1, message);
  }
}
