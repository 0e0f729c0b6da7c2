package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.calibration.Calibration;
import org.aand.common.image.RgbImage;
import org.aand.model.ModelFile;
import org.aand.model.TinyModelFile;
import org.aand.serve.DetectionService;
import org.aand.serve.ResultRecorder;
import org.aand.serve.ReviewFolder;
import org.aand.serve.ServedModel;
import org.aand.serve.ServiceSettings;
import org.aand.serve.Uploads;
import org.aand.serve.sink.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From what people mark on the service to another threshold. */
class CalibrateReviewsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<RgbImage> IMAGES = SampleImages.draw(9, 80, 60);

  private final Path folder;
  private final Path model;

  CalibrateReviewsTest(@TempDir Path folder) {
    this.folder = folder;
    model = TinyModelFile.write(folder.resolve("model.aand"), IMAGES.subList(0, 6));
  }

  @BeforeEach
  void writeParts() throws IOException {
    for (int i = 0; i < IMAGES.size(); i++) {
      Files.write(folder.resolve("part" + i + ".png"), SampleImages.png(IMAGES.get(i)));
    }
  }

  private SmallProgram run(String line) {
    return SmallProgram.run(
        line.replace("MODEL", model.toString())
            .replace("REVIEWS", folder.resolve("reviews/part").toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }

  private static Calibration calibration(Path file) {
    return ModelFile.inspect(file).notes().calibration().orElseThrow();
  }

  /**
   * Everything is called anomalous; the highest three are said to be so, the others not.
   *
   * @return the scores in ascending order
   */
  private List<Float> reviewAll() throws Exception {
    try (var detector = AnomalyDetector.load(model);
        var service =
            DetectionService.start(
                List.of(ServedModel.of("part", detector.withThreshold(-1))),
                ServiceSettings.defaults(),
                new ResultRecorder(List.of(), Problems.toPeople(line -> {})),
                Optional.of(ReviewFolder.at(folder.resolve("reviews"))))) {
      var scores = new ArrayList<Float>();
      var ids = new ArrayList<String>();
      for (int i = 0; i < IMAGES.size(); i++) {
        var answer = Uploads.detect(service, folder.resolve("part" + i + ".png")).body();
        var found = JSON.readTree(answer);
        scores.add(found.path("score").floatValue());
        ids.add(found.path("id").asText());
      }
      var sorted = new ArrayList<>(scores);
      Collections.sort(sorted);
      for (int i = 0; i < scores.size(); i++) {
        boolean defective = scores.get(i) >= sorted.get(6);
        mark(service, ids.get(i), defective ? "correct" : "false-alarm");
      }
      return sorted;
    }
  }

  private static void mark(DetectionService service, String id, String mark)
      throws IOException, InterruptedException {
    var address = service.address().resolve("/models/part/results/" + id + "/review");
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"mark\":\"" + mark + "\"}"));
    var answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  @Test
  void theTableShowsWhatThresholdsCostAndTheBestIsSet() throws Exception {
    var scores = reviewAll();
    var before = calibration(model);
    byte[] file = Files.readAllBytes(model);
    var table = run("calibrate --model MODEL --reviews REVIEWS");
    assertEquals(0, table.exitCode(), table.err());
    assertTrue(line(table, "today").contains(Float.toString(before.threshold())), table.out());
    assertTrue(line(table, "best F1").contains("0 of 6"), table.out());
    assertTrue(line(table, "best F1").contains("3 of 3"), table.out());
    // Nothing is above the highest score.
    assertTrue(line(table, Float.toString(scores.get(8))).contains("0 of 3"), table.out());
    assertArrayEquals(file, Files.readAllBytes(model));

    var best = run("calibrate --model MODEL --reviews REVIEWS --best-f1");
    assertEquals(0, best.exitCode(), best.err());
    var after = calibration(model);
    assertTrue(after.threshold() > scores.get(5) && after.threshold() < scores.get(6));
    assertEquals(Calibration.Basis.F1, after.basis());
    assertEquals(before.normalScores(), after.normalScores());
    assertEquals(before.pixelThreshold(), after.pixelThreshold());
    assertTrue(line(best, "best F1, set").contains(Float.toString(after.threshold())), best.out());

    var own = run("calibrate --model MODEL --reviews REVIEWS --threshold 99 --out OUT/o.aand");
    assertEquals(0, own.exitCode(), own.err());
    assertEquals(99f, calibration(folder.resolve("o.aand")).threshold());
    assertEquals(after.threshold(), calibration(model).threshold());
    assertTrue(line(own, "99.0").matches(".* 0 of 6 +0 of 3 +set"), own.out());
  }

  /** Reviewed images are images like others: a calibration by them alone is possible too. */
  @Test
  void theFoldersServeDataAndBadToo() throws Exception {
    reviewAll();
    var anew = run("calibrate --model MODEL --data REVIEWS/normal --bad REVIEWS/defective");
    assertEquals(0, anew.exitCode(), anew.err());
    assertEquals(6, calibration(model).normalScores().size());
  }

  @Test
  void whatOneKindAloneCannotTellIsSaid() throws IOException {
    var normal = Files.createDirectories(folder.resolve("reviews/part/normal"));
    Files.copy(folder.resolve("part0.png"), normal.resolve("a.png"));
    // As a program that was killed leaves it.
    Files.writeString(normal.resolve(".b.png.1.part"), "half");
    Files.writeString(normal.resolve("b.json"), "{}");
    var table = run("calibrate --model MODEL --reviews REVIEWS");
    assertEquals(0, table.exitCode(), table.err());
    assertTrue(table.out().contains("No defective image is reviewed"), table.out());
    var best = run("calibrate --model MODEL --reviews REVIEWS --best-f1");
    assertEquals(1, best.exitCode());
    assertTrue(best.err().contains("there are no defective ones"), best.err());
  }

  @ParameterizedTest
  @CsvSource({
    "1, --reviews OUT/nowhere, there is no folder",
    "1, --reviews OUT, there are no reviewed images",
    "2, --reviews OUT --data OUT, --reviews goes with --threshold or --best-f1 alone",
    "2, --reviews OUT --false-alarm-rate 0.1, --reviews goes with --threshold or --best-f1 alone",
    "2, --reviews OUT --threshold 1 --best-f1, both set the threshold",
    "2, --reviews OUT --out OUT/o.aand, --out needs something to write",
    "2, --best-f1, --best-f1 needs --reviews",
  })
  void whatCannotBeTriedIsSaidInOneLine(int code, String options, String said) {
    var program = run("calibrate --model MODEL " + options);
    assertEquals(code, program.exitCode(), program.err());
    assertTrue(program.err().contains(said), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  private static String line(SmallProgram program, String with) {
    return program.out().lines().filter(line -> line.contains(with)).findFirst().orElseThrow();
  }
}
