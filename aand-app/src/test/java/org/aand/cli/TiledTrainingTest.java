package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.aand.api.AnomalyDetector;
import org.aand.common.image.ImageSize;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.ResultJson;
import org.aand.samediff.ModelStore;
import org.aand.serve.DetectionService;
import org.aand.serve.ServiceSettings;
import org.aand.serve.Uploads;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images processed in tiles: trained once, the same scores everywhere. */
class TiledTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(128).withCounts(2, 1, 1);
  private static final String TRAIN =
      "train --data DATA --category gear --teacher OUT/narrow-teacher.zip --image-size 64"
          + " --stage1-epochs 1 --stage2-epochs 1 --batch-size 6 --out OUT/run --resolution ";

  private static Path trainedIn = Path.of("");

  @BeforeAll
  static void train(@TempDir Path folder) throws IOException {
    trainedIn = folder;
    NarrowTeacher.write(folder);
    ProductDataset.write(folder.resolve("data"), PRODUCT);
    var program = run(folder, TRAIN + "128");
    assertEquals(0, program.exitCode(), program.err());
  }

  @Test
  void theTilingIsInConfigurationModelAndInspection() throws IOException {
    var tiling = "128x128 in 9 overlapping tiles";
    var config = new ObjectMapper().readTree(trainedIn.resolve("run/config.json").toFile());
    assertEquals(64, config.path("imageSize").asInt());
    assertEquals(128, config.path("resolution").asInt());
    assertTrue(run(trainedIn, "inspect OUT/run").out().contains(tiling));
    var stored = ModelStore.read(trainedIn.resolve("run/model.aand"));
    try (var model = stored.model()) {
      assertEquals("2.7", stored.version(), "of a narrow teacher");
      assertEquals(ImageSize.square(128), model.resolution());
      assertEquals(ImageSize.square(64), model.imageSize());
    }
  }

  @Test
  void aTiledModelScoresAlikeInTrainEvaluateAndPredict() throws IOException {
    var trained = ResultJson.read(trainedIn.resolve("run/result.json"));
    assertEquals(2, trained.trainImages(), "images, not tiles");
    var evaluated =
        run(trainedIn, "evaluate --model OUT/run --data DATA --category gear --out OUT/evaluated");
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    var scores = new HashMap<String, Double>();
    ResultJson.read(trainedIn.resolve("evaluated/result.json"))
        .images()
        .forEach(i -> scores.put(i.file(), i.score()));
    for (var image : trained.images()) {
      assertEquals(image.score(), scores.getOrDefault(image.file(), Double.NaN), 1e-6);
    }
    var parts = predicted("OUT/run", "OUT/parts.jsonl");
    assertEquals(scores.size(), parts.size());
    for (var part : parts) {
      var file = Path.of(part.path("file").asText());
      var name = trainedIn.resolve("data/gear").relativize(file).toString().replace('\\', '/');
      double score = scores.getOrDefault(name, Double.NaN);
      assertEquals(score, part.path("score").floatValue(), 1e-6 * Math.abs(score));
    }
  }

  @Test
  void calibratedOnItsTilesTheLibraryPredictAndTheServiceDecideAlike() throws Exception {
    Files.copy(trainedIn.resolve("run/model.aand"), trainedIn.resolve("calibrated.aand"));
    var calibrated =
        run(
            trainedIn,
            "calibrate --model OUT/calibrated.aand --data DATA/gear/train/good"
                + " --false-alarm-rate 0.4");
    assertEquals(0, calibrated.exitCode(), calibrated.err());
    var parts = predicted("OUT/calibrated.aand", "OUT/decided.jsonl");
    try (var detector = AnomalyDetector.load(trainedIn.resolve("calibrated.aand"));
        var service = DetectionService.start(detector, "tiled", ServiceSettings.defaults())) {
      for (var part : parts) {
        var file = Path.of(part.path("file").asText());
        var detection = detector.detect(file);
        assertEquals(part.path("score").floatValue(), detection.score());
        assertEquals(part.path("verdict").asText(), detection.verdict().key());
        assertNotEquals("undecided", detection.verdict().key());
        var answer = Uploads.detect(service, file);
        var found = JSON.readTree(answer.body());
        assertEquals(detection.score(), found.path("score").floatValue());
        assertEquals(part.path("verdict"), found.path("verdict"));
      }
    }
  }

  private static List<JsonNode> predicted(String model, String json) throws IOException {
    var program = run(trainedIn, "predict --model " + model + " DATA/gear/test --json " + json);
    assertEquals(0, program.exitCode(), program.err());
    var parts = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(trainedIn.resolve(json.replace("OUT/", "")))) {
      parts.add(JSON.readTree(line));
    }
    return parts;
  }

  @Test
  void aResolutionThatIsNoneIsRefusedInOneLine(@TempDir Path folder) {
    NarrowTeacher.write(folder);
    for (var wrong : new String[] {"63", "0", "-1", "1025"}) {
      var program = run(folder, TRAIN + wrong);
      assertEquals(2, program.exitCode(), wrong);
      assertTrue(program.err().contains("resolution"));
      assertTrue(Files.notExists(folder.resolve("run")));
    }
  }

  @Test
  void theOfficialProtocolLooksAtWholeImagesAlone(@TempDir Path folder) {
    NarrowTeacher.write(folder);
    var longEnough = TRAIN.replace("epochs 1", "epochs 10") + "128 --protocol official";
    var program = run(folder, longEnough);
    assertEquals(2, program.exitCode());
    assertTrue(
        program.err().contains("the official protocol works on whole images"), program.err());
  }

  private static Program run(Path folder, String line) {
    return Program.run(
        line.replace("DATA", folder.resolve("data").toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }
}
