package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.detect.AnomalyMap;
import org.aand.io.dataset.LayoutChoice;
import org.aand.model.MapRule;
import org.aand.model.ModelFile;
import org.aand.model.Tiling;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.network.teacher.Backbone;
import org.aand.report.Method;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.runfolder.RunFolder;
import org.aand.runtime.JavaEngine;
import org.aand.train.TrainingSettings;
import org.aand.variant.TrainedMethod;
import org.aand.variant.Variant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A variant from its request to its run folder, with what the paper's figures show. */
class VariantRunTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(6, 3, 1);
  private static final Variant ARG = new Variant().with(Gate.NONE, Residual.TANH);

  private static Path folder = Path.of("");

  @BeforeAll
  static void drawProduct(@TempDir Path temporary) {
    folder = temporary;
    ProductDataset.write(folder.resolve("data"), PRODUCT);
  }

  @Test
  void theRunFolderHoldsTheObservationsAndKnowsItsVariant() throws IOException {
    var run =
        TrainRun.execute(request("arg", ARG, new Observations(true, true)), new RunListener() {});
    assertEquals("ARG with HKD", run.name());
    var trained = result("arg");
    assertEquals("ARG with HKD", trained.configuration().get("variant"));

    var json = new ObjectMapper();
    var residuals = json.readTree(folder.resolve("arg/residuals.json").toFile()).path("residuals");
    assertEquals(2, residuals.size());
    assertEquals(3, residuals.get(1).path("levels").size());
    assertTrue(residuals.get(1).path("levels").get(0).path("normal").asDouble() > 0);
    var levels = json.readTree(folder.resolve("arg/features.json").toFile()).path("levels");
    assertTrue(levels.size() > 0);
    var point = levels.get(0).path("points").get(0);
    assertEquals(2, point.path("before").size());
    assertEquals(2, point.path("after").size());
    assertTrue(point.path("anomalous").isBoolean());

    EvaluateRun.execute(
        new EvaluateRun.Request(
            folder.resolve("arg"),
            new JavaEngine(),
            folder.resolve("data"),
            LayoutChoice.MVTEC,
            PRODUCT.category(),
            false,
            folder.resolve("again"),
            "evaluate"),
        new RunListener() {});
    assertEquals(trained.metrics(), result("again").metrics());
    assertEquals("ARG with HKD", result("again").configuration().get("variant"));
  }

  /** What others have published comes with its own rule of map and image score. */
  @ParameterizedTest
  @MethodSource("published")
  void aPublishedMethodTrainsToAFolderThatSaysWhichItIs(
      String name, Variant variant, Method method, MapRule rule) {
    var run = TrainRun.execute(request(name, variant, new Observations()), new RunListener() {});
    assertEquals(name, run.name());
    assertEquals(method, result(name).method());
    var contents = ModelFile.inspect(folder.resolve(name).resolve(RunFolder.MODEL));
    assertEquals(rule, contents.description().rule());
    assertEquals(name, TrainedMethod.of(contents).label());
  }

  static Stream<Arguments> published() {
    var paper = MapRule.paper(AnomalyMap.SIGMA);
    return Stream.of(
        Arguments.of("RD++", Variant.rdPlusPlus(), Method.RD_PLUS_PLUS, paper),
        Arguments.of("ST", Variant.studentTeacher(), Method.ST, MapRule.product()),
        Arguments.of("SimpleNet", Variant.simpleNet(), Method.SIMPLENET, paper));
  }

  @Test
  void whatCannotBeTrainedOrObservedIsRefusedBeforeAnythingIsRead() {
    for (var request :
        List.of(
            request("none", Variant.rdPlusPlus(), new Observations(true, false)),
            request("none", Variant.rd(), new Observations(true, false)),
            request("none", Variant.gateAlone(), new Observations(false, true)))) {
      var e =
          assertThrows(InputException.class, () -> TrainRun.execute(request, new RunListener() {}));
      assertTrue(String.valueOf(e.getMessage()).contains("leave"), e.getMessage());
      assertFalse(Files.exists(folder.resolve("none")));
    }
  }

  private static TrainRequest request(String name, Variant variant, Observations observations) {
    return TrainRequest.builder(
            folder.resolve("data"),
            new Backbone("tiny", false, List.of(1, 1, 1), 64, 16),
            new TeacherChoice.Random(1),
            folder.resolve(name))
        .category(LayoutChoice.MVTEC, PRODUCT.category())
        .variant(variant)
        .observations(observations)
        .tiling(Tiling.whole(64))
        .training(new TrainingSettings(1, 1, 4, 1))
        .commandLine("train")
        .build();
  }

  private static RunResult result(String name) {
    return ResultJson.read(folder.resolve(name).resolve(RunFolder.RESULT));
  }
}
