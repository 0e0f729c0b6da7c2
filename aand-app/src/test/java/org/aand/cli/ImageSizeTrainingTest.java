package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.api.AnomalyDetector;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.onnx.OrtDetector;
import org.aand.report.ResultJson;
import org.aand.samediff.ModelStore;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image size that is not square: trained once, the same scores everywhere. */
class ImageSizeTrainingTest {
  private static final ImageSize SIZE = new ImageSize(64, 128);
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(128).withCounts(2, 1, 1);
  private static final String TRAIN =
      "train --data DATA --category gear --teacher OUT/narrow-teacher.zip"
          + " --stage1-epochs 1 --stage2-epochs 1 --batch-size 2 --out OUT/run --image-size ";

  private static Path trainedIn = Path.of("");

  @BeforeAll
  static void train(@TempDir Path folder) throws IOException {
    trainedIn = folder;
    NarrowTeacher.write(folder);
    ProductDataset.write(folder.resolve("data"), PRODUCT);
    succeed(TRAIN + SIZE);
  }

  @Test
  void theSizeIsInConfigurationModelAndInspection() throws IOException {
    var config = new ObjectMapper().readTree(trainedIn.resolve("run/config.json").toFile());
    assertEquals("64x128", config.path("imageSize").asText());
    assertTrue(succeed("inspect OUT/run").contains("64x128"));
    var stored = ModelStore.read(trainedIn.resolve("run/model.aand"));
    try (var model = stored.model()) {
      assertEquals("2.7", stored.version(), "of a narrow teacher");
      assertEquals(SIZE, model.imageSize());
      assertEquals(SIZE, model.resolution());
    }
  }

  @Test
  void bothEnginesAndOnnxRuntimeFindTheSame() throws IOException, OrtException {
    var trained = ResultJson.read(trainedIn.resolve("run/result.json"));
    for (var engine : List.of("java", "samediff")) {
      succeed(
          "evaluate --model OUT/run --data DATA --category gear --engine "
              + engine
              + " --out OUT/"
              + engine);
      var evaluated = ResultJson.read(trainedIn.resolve(engine + "/result.json")).images();
      assertEquals(trained.images().size(), evaluated.size());
      for (int i = 0; i < evaluated.size(); i++) {
        double expected = trained.images().get(i).score();
        assertEquals(expected, evaluated.get(i).score(), 1e-5 * expected, engine);
      }
    }
    succeed("export --model OUT/run --threshold 0.5 --out OUT/model.onnx");
    var image = trainedIn.resolve("data/gear").resolve(trained.images().get(0).file());
    try (var detector = AnomalyDetector.load(trainedIn.resolve("run"));
        var onnx = new OrtDetector(trainedIn.resolve("model.onnx"))) {
      assertEquals(64, detector.height());
      assertEquals(128, detector.width());
      var found = detector.detect(image);
      assertEquals(SIZE, found.mapSize());
      assertEquals(128 * 128, found.mapAtImageSize().length);
      var resized = new Preprocessing(SIZE).resize(ImageFile.read(image));
      assertArrayEquals(
          found.map(), onnx.detect(List.of(resized)).maps().get(0), 1e-4f * found.score());
    }
  }

  @Test
  void predictDrawsAndScores() throws IOException {
    succeed("predict --model OUT/run --threshold 0.5 DATA/gear/test --json OUT/parts.jsonl");
    var trained = ResultJson.read(trainedIn.resolve("run/result.json"));
    assertEquals(
        trained.images().size(), Files.readAllLines(trainedIn.resolve("parts.jsonl")).size());
  }

  @Test
  void anExperimentHasOneSize() {
    var program =
        run(
            trainedIn,
            "experiment --config main --data mvtec=DATA --backbone resnet18 --random-teacher"
                + " --image-size auto --out OUT/experiment");
    assertEquals(2, program.exitCode());
    assertTrue(program.err().contains("--image-size auto is for train"), program.err());
  }

  @Test
  void whatIsNoSizeIsRefusedInOneLine(@TempDir Path folder) {
    for (var wrong : List.of("64x", "x64", "64x65", "0x64", "64x64x64")) {
      var program = run(folder, TRAIN + wrong);
      assertEquals(2, program.exitCode(), wrong);
      assertTrue(program.err().contains("--image-size"), program.err());
      assertTrue(Files.notExists(folder.resolve("run")));
    }
  }

  private static String succeed(String line) {
    var program = run(trainedIn, line);
    assertEquals(0, program.exitCode(), program.err());
    return program.out();
  }

  private static Program run(Path folder, String line) {
    return Program.run(
        line.replace("DATA", folder.resolve("data").toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }
}
