package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aand.api.AnomalyDetector;
import org.aand.calibration.Calibration;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.Metric;
import org.aand.report.ResultJson;
import org.aand.samediff.ModelStore;
import org.aand.serve.DetectionService;
import org.aand.serve.ServiceSettings;
import org.aand.serve.Uploads;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From normal parts to decisions: train on them, detect in others, the same scores everywhere. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class PredictTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(12, 3, 1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path folder = Path.of("");
  private static Path category = Path.of("");
  private static Path parts = Path.of("");

  @BeforeAll
  static void trainOnGoodPartsAlone(@TempDir Path temporary) throws IOException {
    folder = temporary;
    var data = temporary.resolve("data");
    ProductDataset.write(data, PRODUCT);
    category = data.resolve(PRODUCT.category());
    parts = category.resolve("test");
    Files.move(parts, temporary.resolve("kept"));
    Files.move(category.resolve("ground_truth"), temporary.resolve("truth"));
    NarrowTeacher.write(temporary);
    var program =
        run(
            "train --data DATA --category NAME --teacher OUT/narrow-teacher.zip"
                + " --image-size 64 --stage1-epochs 1 --stage2-epochs 1 --batch-size 4"
                + " --false-alarm-rate 0.2 --out OUT/run");
    assertEquals(0, program.exitCode(), program.err());
    Files.move(temporary.resolve("kept"), parts);
    Files.move(temporary.resolve("truth"), category.resolve("ground_truth"));
  }

  @Test
  void goodPartsAloneGiveACalibratedModel() {
    var stored = ModelStore.read(folder.resolve("run/model.aand"));
    stored.model().close();
    var calibration = stored.notes().calibration().orElseThrow();
    assertEquals(6, calibration.normalScores().size(), "half of twelve");
    assertEquals(0.2, calibration.falseAlarmRate());
    assertEquals(1 / 7.0, calibration.expected().expected(), 1e-12);
    assertEquals(6, stored.notes().provenance().path("trainingImages").asInt());
    var result = ResultJson.read(folder.resolve("run/result.json"));
    assertEquals(6, result.images().size(), "the report shows the held-out ones");
    var threshold = java.util.Objects.requireNonNull(result.threshold());
    assertEquals(calibration.threshold(), (float) threshold.threshold());
    assertEquals(1 / 7.0, threshold.falseAlarmRate(), 1e-12);
    assertEquals(0, threshold.normal(), "the held-out ones are no test of their threshold");
  }

  @Test
  void scoresAreEqualThroughEvaluatePredictTheLibraryAndTheService() throws Exception {
    var evaluated = run("evaluate --model OUT/run --data DATA --category NAME --out OUT/evaluated");
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    var expected = new HashMap<String, Float>();
    ResultJson.read(folder.resolve("evaluated/result.json"))
        .images()
        .forEach(image -> expected.put(image.file(), (float) image.score()));
    assertEquals(11, expected.size());
    var result = ResultJson.read(folder.resolve("evaluated/result.json"));
    for (var metric : Metric.values()) {
      assertTrue(result.metric(metric).isPresent(), metric.key());
    }
    assertTrue(
        result.metric(Metric.SEG_F1).orElseThrow()
            <= result.metric(Metric.PIXEL_F1_MAX).orElseThrow());
    var threshold = result.threshold();
    assertEquals(3, java.util.Objects.requireNonNull(threshold).normal());
    assertEquals(8, threshold.defective());
    var first = evaluated.out().lines().filter(line -> line.startsWith("  ")).findFirst();
    assertTrue(first.orElseThrow().startsWith("  threshold "), evaluated.out());
    assertTrue(
        evaluated.out().contains("  defects found   " + threshold.defectsFound() + " of 8"),
        evaluated.out());

    var program = run("predict --model OUT/run PARTS --csv OUT/parts.csv --json OUT/parts.jsonl");
    assertEquals(0, program.exitCode(), program.err());
    var rows = jsonLines(folder.resolve("parts.jsonl"));
    var csv = Files.readAllLines(folder.resolve("parts.csv"));
    assertEquals(12, csv.size());
    assertEquals(
        "file,score,percentile,threshold,verdict,width,height,error,regions,largest_area",
        csv.get(0));
    try (var detector = AnomalyDetector.load(folder.resolve("run"));
        var service = DetectionService.start(detector, "run", ServiceSettings.defaults())) {
      for (int i = 0; i < rows.size(); i++) {
        var file = Path.of(rows.get(i).path("file").asText());
        var name = category.relativize(file).toString().replace('\\', '/');
        float score = expected.getOrDefault(name, Float.NaN);
        assertSame(score, rows.get(i).path("score").floatValue());
        assertTrue(csv.get(i + 1).contains("," + rows.get(i).path("score").asText() + ","));
        assertTrue(csv.get(i + 1).contains("," + rows.get(i).path("verdict").asText() + ","));
        assertSame(score, detector.detect(file).score());
        var answer = Uploads.detect(service, file);
        assertSame(score, JSON.readTree(answer.body()).path("score").floatValue());
        assertEquals(rows.get(i).path("verdict"), JSON.readTree(answer.body()).path("verdict"));
      }
    }
  }

  /** To the rounding of single precision: batches of other sizes add in another order. */
  private static void assertSame(float expected, float score) {
    assertEquals(expected, score, 1e-5 * Math.abs(expected));
  }

  @Test
  void badFilesAreCountedAndTheOthersLookedAt() throws IOException {
    var mixed = Files.createDirectories(folder.resolve("mixed, with \"comma\""));
    Files.copy(listed(parts.resolve("good")).get(0), mixed.resolve("good.png"));
    Files.write(mixed.resolve("empty.png"), new byte[0]);
    Files.writeString(mixed.resolve("text.png"), "no image");
    Files.writeString(mixed.resolve("readme.md"), "passed over");
    var program =
        Program.run(
            "predict",
            "--model",
            folder.resolve("run").toString(),
            mixed.toString(),
            "--json",
            folder.resolve("mixed.jsonl").toString(),
            "--csv",
            "-");
    assertEquals(1, program.exitCode());
    assertTrue(program.err().contains("2 not usable"), program.err());
    var rows = jsonLines(folder.resolve("mixed.jsonl"));
    assertEquals(3, rows.size());
    assertTrue(rows.get(0).path("error").asText().contains("empty.png"), rows.toString());
    assertFalse(rows.get(1).has("error"));
    assertTrue(program.out().contains("\"\"comma\"\""), program.out());
    assertEquals(4, program.out().lines().count(), program.out());
  }

  @Test
  void exitCodesTellOfAnomaliesOnRequest() {
    assertEquals(0, run("predict --model OUT/run PARTS --threshold 0").exitCode());
    assertEquals(
        3, run("predict --model OUT/run PARTS --threshold 0 --fail-on-anomaly").exitCode());
    assertEquals(
        0, run("predict --model OUT/run PARTS --threshold 9 --fail-on-anomaly").exitCode());
    assertEquals(2, run("predict --model OUT/run").exitCode());
    assertEquals(2, run("predict --model OUT/run PARTS --threshold NaN").exitCode());
    assertEquals(1, run("predict --model OUT/nowhere PARTS").exitCode());
    assertEquals(1, run("predict --model OUT/run OUT/nowhere/*.png").exitCode());
  }

  @Test
  void patternsHeatmapsAndThePage() throws IOException {
    var program =
        run("predict --model OUT/run PARTS/**.png --heatmaps OUT/maps --html OUT/parts.html");
    assertEquals(0, program.exitCode(), program.err());
    assertEquals(11, listed(folder.resolve("maps")).size());
    var html = Files.readString(folder.resolve("parts.html"));
    assertEquals(11, html.split("class=\"heat\"", -1).length - 1);
    assertTrue(html.contains("class=\"divider\""));
  }

  @Test
  void yetAnotherCalibrationReplacesTheModels() throws IOException {
    Files.copy(folder.resolve("run/model.aand"), folder.resolve("other.aand"));
    var good = category.resolve("train/good");
    var quantile =
        run("calibrate --model OUT/other.aand --data " + good + " --false-alarm-rate 0.1");
    assertEquals(0, quantile.exitCode(), quantile.err());
    var twelve = calibration();
    assertEquals(12, twelve.normalScores().size());
    assertEquals(Calibration.Basis.QUANTILE, twelve.basis());
    assertEquals(twelve.normalScores().get(11), twelve.threshold());

    assertEquals(0, run("calibrate --model OUT/other.aand --false-alarm-rate 0.5").exitCode());
    assertEquals(calibration().normalScores().get(6), calibration().threshold());

    var labelled = run("calibrate --model OUT/other.aand --data " + good + " --bad PARTS/good");
    assertEquals(0, labelled.exitCode(), labelled.err());
    assertEquals(Calibration.Basis.F1, calibration().basis());

    assertEquals(0, run("calibrate --model OUT/other.aand --threshold 1.5").exitCode());
    assertEquals(1.5f, calibration().threshold());
    assertEquals(12, calibration().normalScores().size());

    assertEquals(2, run("calibrate --model OUT/other.aand").exitCode());
    assertEquals(2, run("calibrate --model OUT/other.aand --false-alarm-rate 1").exitCode());
    assertEquals(1, run("calibrate --model OUT/other.aand --data PARTS").exitCode());
  }

  @Test
  void inspectDoctorAndCompletion() {
    var inspected = run("inspect OUT/run");
    assertEquals(0, inspected.exitCode(), inspected.err());
    for (var text : List.of("narrow", "SHA-256", "threshold", "trainingImages", "--false-alarm")) {
      assertTrue(inspected.out().contains(text), inspected.out());
    }
    var doctor = run("doctor");
    assertEquals(0, doctor.exitCode(), doctor.err());
    assertTrue(doctor.out().contains("GFLOP/s, right"), doctor.out());
    assertEquals(1, run("doctor --weights OUT/nowhere.h5").exitCode());
    var completion = run("completion");
    assertTrue(completion.out().contains("--fail-on-anomaly"));
  }

  private static List<Path> listed(Path of) throws IOException {
    try (var files = Files.list(of)) {
      return files.sorted().toList();
    }
  }

  private static Calibration calibration() {
    var stored = ModelStore.read(folder.resolve("other.aand"));
    stored.model().close();
    return stored.notes().calibration().orElseThrow();
  }

  private static List<JsonNode> jsonLines(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(PredictTest::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static Program run(String line) {
    var words =
        Map.of(
            "DATA", folder.resolve("data").toString(),
            "NAME", PRODUCT.category(),
            "OUT", folder.toString(),
            "PARTS", parts.toString());
    var arguments =
        java.util.Arrays.stream(line.split(" "))
            .map(
                word -> {
                  int end = word.indexOf('/') < 0 ? word.length() : word.indexOf('/');
                  var replaced = words.get(word.substring(0, end));
                  return replaced == null ? word : replaced + word.substring(end);
                })
            .toArray(String[]::new);
    return Program.run(arguments);
  }
}
