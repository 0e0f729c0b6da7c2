package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationJson;
import org.aand.common.image.RgbImage;
import org.aand.model.ModelFile;
import org.aand.model.TinyModelFile;
import org.aand.serve.DetectionService;
import org.aand.serve.ServiceSettings;
import org.aand.serve.Uploads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model file, random as it is, is all that the commands need. */
class SmallProgramTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<RgbImage> IMAGES = SampleImages.draw(9, 80, 60);

  private final Path folder;
  private final Path parts;
  private final Path model;

  SmallProgramTest(@TempDir Path folder) {
    this.folder = folder;
    parts = folder.resolve("parts");
    model = TinyModelFile.write(folder.resolve("model.aand"), IMAGES.subList(0, 6));
  }

  @BeforeEach
  void writeParts() throws IOException {
    Files.createDirectories(parts);
    for (int i = 0; i < IMAGES.size(); i++) {
      Files.write(parts.resolve("part" + i + ".png"), SampleImages.png(IMAGES.get(i)));
    }
  }

  private SmallProgram run(String line) {
    return SmallProgram.run(
        line.replace("MODEL", model.toString())
            .replace("PARTS", parts.toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }

  @Test
  void theLineOfAnImageThatIsNotUsableSaysWhy() {
    var program = run("predict --model MODEL OUT/nowhere.png");
    assertEquals(1, program.exitCode());
    assertTrue(program.out().contains("not usable: there is no image"), program.out());
  }

  @Test
  void predictTheLibraryAndTheServiceScoreAlikeToTheLastBit() throws Exception {
    var program =
        run("predict --model MODEL PARTS --json OUT/p.jsonl --csv OUT/p.csv --html OUT/p.html");
    assertEquals(0, program.exitCode(), program.err());
    var rows = rows();
    assertEquals(IMAGES.size(), rows.size());
    assertEquals(IMAGES.size() + 1, Files.readAllLines(folder.resolve("p.csv")).size());
    assertTrue(Files.readString(folder.resolve("p.html")).contains("part0.png"));
    try (var detector = AnomalyDetector.load(model);
        var service = DetectionService.start(detector, "random", ServiceSettings.defaults())) {
      for (int i = 0; i < rows.size(); i++) {
        var file = parts.resolve("part" + i + ".png");
        assertEquals(file.toString(), rows.get(i).path("file").asText());
        float score = rows.get(i).path("score").floatValue();
        assertEquals(detector.detect(file).score(), score);
        var answer = JSON.readTree(Uploads.detect(service, file).body());
        assertEquals(score, answer.path("score").floatValue());
        assertEquals(rows.get(i).path("verdict"), answer.path("verdict"));
      }
    }
  }

  @Test
  void badFilesAreCountedAndTheOthersProcessed() throws IOException {
    Files.write(parts.resolve("empty.png"), new byte[0]);
    var program = run("predict --model MODEL PARTS --json OUT/p.jsonl");
    assertEquals(1, program.exitCode(), program.err());
    assertTrue(program.err().contains("1 not usable"), program.err());
    assertEquals(IMAGES.size() + 1, rows().size());
    assertTrue(rows().get(0).path("error").asText().contains("empty.png"), rows().toString());
  }

  @Test
  void exitCodesTellOfAnomaliesOnRequest() {
    assertEquals(3, run("predict --model MODEL PARTS --threshold 0 --fail-on-anomaly").exitCode());
    assertEquals(0, run("predict --model MODEL PARTS --threshold 9 --fail-on-anomaly").exitCode());
    assertEquals(2, run("predict --model MODEL").exitCode());
    assertEquals(1, run("predict --model OUT/nowhere PARTS").exitCode());
  }

  @Test
  void calibrateSetsTheThresholdByTheScoresOfPredict() throws IOException {
    assertEquals(0, run("predict --model MODEL PARTS --json OUT/p.jsonl").exitCode());
    var scores = rows().stream().map(row -> row.path("score").floatValue()).sorted().toList();
    var before = ModelFile.inspect(model);
    var program =
        run("calibrate --model MODEL --data PARTS --false-alarm-rate 0.1 --out OUT/other.aand");
    assertEquals(0, program.exitCode(), program.err());
    var after = ModelFile.inspect(folder.resolve("other.aand"));
    var calibration = after.notes().calibration().orElseThrow();
    assertEquals(scores, calibration.normalScores());
    assertEquals(0.1, calibration.falseAlarmRate());
    assertEquals(before.parametersSha256(), after.parametersSha256());
    assertTrue(program.out().contains(Float.toString(calibration.threshold())), program.out());

    var strict =
        run("calibrate --model MODEL --data PARTS --pixel-rate 0.0001 --out OUT/strict.aand");
    assertEquals(0, strict.exitCode(), strict.err());
    var pixel = calibration.pixelThreshold().orElseThrow();
    var stricter =
        ModelFile.inspect(folder.resolve("strict.aand")).notes().calibration().orElseThrow();
    assertEquals(0.001, pixel.rate());
    assertEquals(0.0001, stricter.pixelThreshold().orElseThrow().rate());
    assertTrue(stricter.pixelThreshold().orElseThrow().value() > pixel.value());
    assertEquals(4, CalibrationJson.minorVersion(calibration));
    assertEquals("2.7", after.version(), "of a narrow teacher");
    assertTrue(run("inspect OUT/other.aand").out().contains("" + pixel.value()));
    assertEquals(2, run("calibrate --model MODEL --pixel-rate 0.1").exitCode());
    assertEquals(2, run("calibrate --model MODEL --data PARTS --pixel-rate 1").exitCode());

    assertEquals(0, run("calibrate --model MODEL --threshold 1.5").exitCode());
    var own = ModelFile.inspect(model).notes().calibration().orElseThrow();
    assertEquals(Calibration.Basis.USER, own.basis());
    assertEquals(1.5f, own.threshold());
    assertEquals(2, run("calibrate --model MODEL").exitCode());
    assertEquals(1, run("calibrate --model MODEL --data OUT").exitCode());
  }

  @Test
  void calibratingByTheTrainingImagesIsSaid() throws IOException {
    var good = Files.createDirectories(folder.resolve("box/train/good"));
    Files.write(good.resolve("a.png"), SampleImages.png(IMAGES.get(0)));
    trainedOn("parts");
    byTrainingImages("PARTS");
    byTrainingImages("OUT/box/../parts");
    var others = run("calibrate --model MODEL --out OUT/other.aand --data OUT/box/train/good");
    assertEquals(0, others.exitCode(), others.err());
    assertEquals("", others.err());
    trainedOn("box");
    byTrainingImages("OUT/box/train/good");
  }

  private void byTrainingImages(String data) {
    var program = run("calibrate --model MODEL --out OUT/other.aand --data " + data);
    assertEquals(0, program.exitCode(), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
    assertTrue(program.err().startsWith("aand: the model was trained on"), program.err());
  }

  private void trainedOn(String category) {
    var provenance = JSON.createObjectNode();
    provenance.putObject("settings").put("data", folder.toString()).put("category", category);
    var contents = ModelFile.inspect(model);
    var notes = contents.notes();
    ModelFile.rewrite(
        model,
        contents,
        new ModelFile.Notes(notes.teacher(), notes.method(), notes.calibration(), provenance),
        model);
  }

  @Test
  void watchTellsEachImageOnceAsPredictDoes() throws IOException {
    assertEquals(0, run("predict --model MODEL PARTS --json OUT/p.jsonl").exitCode());
    var expected = new TreeMap<String, JsonNode>();
    for (var row : rows()) {
      expected.put(Path.of(row.path("file").asText()).getFileName().toString(), row.path("score"));
    }
    var line = "watch PARTS --model MODEL --jsonl OUT/p.jsonl --csv OUT/w.csv --once --quiet 20ms";
    Files.delete(folder.resolve("p.jsonl"));
    for (int i = 0; i < 2; i++) {
      var program = run(line);
      assertEquals(0, program.exitCode(), program.err());
      assertEquals(i == 0 ? IMAGES.size() : 0, program.out().lines().count(), program.out());
    }
    var watched = new TreeMap<String, JsonNode>();
    rows().forEach(row -> watched.put(row.path("file").asText(), row.path("score")));
    assertEquals(expected, watched);
    assertEquals(IMAGES.size(), rows().size());
    assertEquals(IMAGES.size() + 1, Files.readAllLines(folder.resolve("w.csv")).size());
    assertTrue(Files.exists(folder.resolve(".parts.watch/journal.jsonl")));
  }

  @ParameterizedTest
  @CsvSource({
    "1, watch OUT/nowhere --model MODEL, there is no folder",
    "1, watch PARTS --model MODEL --webhook ftp://x, a webhook is an address such as",
    "1, watch PARTS --model MODEL --webhook http://x --webhook-secret OUT/no, cannot read the secret",
    "2, watch PARTS --model MODEL --csv OUT/r --jsonl OUT/r, cannot go to the same file",
    "2, watch PARTS --model MODEL --csv MODEL, it is the model",
    "2, watch PARTS --model MODEL --quiet 1m --patience 1s, the patience is shorter",
    "2, watch PARTS --model MODEL --quiet soon, is no time",
    "2, watch PARTS --model MODEL --rotate many, is no size",
    "2, serve --model MODEL --webhook http://x, --webhook needs --state",
  })
  void whatCannotBeWatchedSoIsSaidInOneLine(int code, String line, String said) {
    var program = run(line);
    assertEquals(code, program.exitCode(), program.err());
    assertTrue(program.err().contains(said), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  @Test
  void aValueThatIsNoneIsSaidInPlainWords() {
    assertEquals(
        "aand: Invalid value for option '--threshold': 'abc' is not a number; see aand predict"
            + " --help\n",
        run("predict --model MODEL PARTS --threshold abc").err().replace("\r", ""));
    assertTrue(run("serve --model MODEL --port 80.5").err().contains("'80.5' is not a whole num"));
  }

  @Test
  void inspectSaysWhatAModelHolds() {
    var program = run("inspect MODEL");
    assertEquals(0, program.exitCode(), program.err());
    for (var text : List.of("tiny", "random", "64x64", "SHA-256", "threshold", "AAND")) {
      assertTrue(program.out().contains(text), program.out());
    }
  }

  @Test
  void whatOnlyTheWholeProgramHasIsSaid() {
    for (var line :
        List.of("train --data PARTS", "predict --model MODEL PARTS --engine samediff")) {
      var program = run(line);
      assertEquals(2, program.exitCode());
      assertTrue(program.err().contains("aand.jar, has"), program.err());
      assertEquals(1, program.err().lines().count(), program.err());
    }
    var unknown = run("predict --model MODEL PARTS --engine onnx").err();
    assertTrue(unknown.contains("there is no engine 'onnx'; there are java"), unknown);
    assertEquals(2, SmallProgram.run().exitCode());
    assertTrue(SmallProgram.run().err().contains("Commands:"));
    assertFalse(run("--help").out().contains("\n  train"), "a command that is not there");
  }

  private List<JsonNode> rows() throws IOException {
    return Files.readAllLines(folder.resolve("p.jsonl")).stream()
        .map(SmallProgramTest::json)
        .toList();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
