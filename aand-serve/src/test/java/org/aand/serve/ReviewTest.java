package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.image.ImageFile;
import org.aand.common.image.RgbImage;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.Problems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People say what a service's results were, and it is kept in files. */
class ReviewTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<RgbImage> IMAGES = SampleImages.draw(4, 80, 64);
  private static final byte[] PNG = SampleImages.png(IMAGES.get(0));
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder = Path.of("");
  private List<ServedModel> models = List.of();

  /** By one model everything is anomalous, by another normal, by the last undecided. */
  @BeforeEach
  void load() {
    var calibrated = TinyModelFile.write(folder.resolve("calibrated.aand"), IMAGES);
    var raw = TinyModelFile.write(folder.resolve("raw.aand"));
    models =
        List.of(
            ServedModel.of("strict", AnomalyDetector.load(calibrated).withThreshold(-1)),
            ServedModel.of("lax", AnomalyDetector.load(calibrated).withThreshold(1e9)),
            ServedModel.of("raw", AnomalyDetector.load(raw)));
  }

  @AfterEach
  void close() {
    for (var model : models) {
      model.use(
          detector -> {
            detector.close();
            return model;
          });
    }
  }

  private DetectionService service(ServiceSettings settings) {
    return DetectionService.start(
        models,
        settings,
        new ResultRecorder(List.of(), Problems.toPeople(line -> {})),
        Optional.of(ReviewFolder.at(folder.resolve("reviews"))));
  }

  private DetectionService service() {
    return service(ServiceSettings.defaults());
  }

  @Test
  void anImageIsListedReviewedAndReviewedAgain() throws Exception {
    try (var service = service()) {
      var first = detect(service, "strict", PNG);
      var second = detect(service, "strict", SampleImages.png(IMAGES.get(1)));
      var list = json(get(service, "/models/strict/results"), 200).path("results");
      assertEquals(List.of(second, first), List.of(id(list.get(0)), id(list.get(1))));
      assertEquals("anomalous", list.get(1).path("verdict").asText());
      assertFalse(list.get(1).has("mark"));
      assertEquals(0, json(get(service, "/models/lax/results"), 200).path("results").size());

      json(review(service, "strict", first, "{\"mark\":\"false-alarm\",\"note\":\"dust\"}"), 200);
      assertEquals(
          List.of("normal/" + first + ".json", "normal/" + first + ".png"), kept("strict"));
      assertArrayEquals(
          PNG, Files.readAllBytes(folder.resolve("reviews/strict/normal/" + first + ".png")));
      var about = about("strict/normal/" + first);
      assertEquals(
          List.of("strict", "false-alarm", "dust", "anomalous", "upload"),
          List.of("model", "mark", "note", "verdict", "name").stream()
              .map(field -> about.path(field).asText())
              .toList());
      assertTrue(about.path("time").asText().endsWith("Z"), about.toString());
      assertEquals(list.get(1).path("score"), about.path("score"));

      var region = "{\"x\":0,\"y\":0,\"width\":80,\"height\":64}";
      json(
          review(service, "strict", first, "{\"mark\":\"correct\",\"region\":" + region + "}"),
          200);
      assertEquals(
          List.of("defective/" + first + ".json", "defective/" + first + ".png"), kept("strict"));
      var again = about("strict/defective/" + first);
      assertEquals(JSON.readTree(region), again.path("region"));
      assertFalse(again.has("note"));
      list = json(get(service, "/models/strict/results"), 200).path("results");
      assertEquals("correct", list.get(1).path("mark").asText());
      assertEquals(JSON.readTree(region), list.get(1).path("region"));

      var missed = detect(service, "lax", PNG);
      json(review(service, "lax", missed, "{\"mark\":\"missed-defect\"}"), 200);
      assertEquals(2, kept("lax").size());
      assertTrue(kept("lax").get(0).startsWith("defective/"));
      json(review(service, "lax", missed, "{\"mark\":\"correct\"}"), 200);
      assertTrue(kept("lax").get(0).startsWith("normal/"));
    }
  }

  @Test
  void theImageIsAnsweredAsItWasSentAndAsNothingElse() throws Exception {
    try (var service = service()) {
      var id = detect(service, "strict", PNG);
      var answer =
          CLIENT.send(
              HttpRequest.newBuilder(at(service, "/models/strict/results/" + id + "/image"))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      assertArrayEquals(PNG, answer.body());
      assertEquals("image/png", answer.headers().firstValue("Content-Type").orElse(""));
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertTrue(
          answer.headers().firstValue("Content-Security-Policy").orElse("").contains("sandbox"));
      var jpeg = List.of("thumbnail", "heatmap");
      var row = json(get(service, "/models/strict/results"), 200).path("results").get(0);
      assertTrue(row.has("regions") && row.has("percentile"), row.toString());
      for (var what : List.of("thumbnail", "heatmap", "outline")) {
        var shown =
            CLIENT.send(
                HttpRequest.newBuilder(at(service, "/models/strict/results/" + id + "/" + what))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (what.equals("outline") && row.path("regions").isEmpty()) {
          assertEquals(404, shown.statusCode());
          continue;
        }
        var type = jpeg.contains(what) ? "image/jpeg" : "image/png";
        assertEquals(type, shown.headers().firstValue("Content-Type").orElse(""), what);
        var decoded = ImageFile.decode(shown.body(), what, 80 * 64);
        assertEquals(List.of(80, 64), List.of(decoded.width(), decoded.height()), what);
      }
      // What is no image is not remembered.
      assertEquals(400, post(service, "/models/strict/detect", new byte[9], "").statusCode());
      assertEquals(1, json(get(service, "/models/strict/results"), 200).path("results").size());
    }
  }

  @Test
  void bodiesOfOtherTypesLongNotesAndUndecidedResultsAreRefused() throws Exception {
    try (var service = service()) {
      var id = detect(service, "strict", PNG);
      var mark = "{\"mark\":\"correct\"}";
      for (var type : List.of("", "text/plain", "application/x-www-form-urlencoded")) {
        var path = "/models/strict/results/" + id + "/review";
        json(post(service, path, mark.getBytes(StandardCharsets.UTF_8), type), 400);
      }
      var letters = "ä".repeat(Review.MOST_LETTERS);
      var note = "{\"mark\":\"correct\",\"note\":\"" + letters;
      json(review(service, "strict", id, note + "ä\"}"), 400);
      assertEquals(List.of(), kept("strict"));
      json(review(service, "strict", id, note + "\"}"), 200);
      assertEquals(letters, about("strict/defective/" + id).path("note").asText());
      json(review(service, "raw", detect(service, "raw", PNG), mark), 400);
    }
  }

  @Test
  void idsThatAreGoneForeignOrTricksLeadNowhere() throws Exception {
    try (var service = service()) {
      var id = detect(service, "strict", PNG);
      var mark = "{\"mark\":\"correct\"}";
      for (var hostile :
          List.of(
              "..",
              "%2e%2e",
              "..%2f..%2fevil",
              "%2e%2e%2fnormal%2f" + id,
              id + "%00",
              id.toUpperCase(Locale.ROOT) + "0",
              "",
              "a".repeat(3000),
              "0".repeat(32))) {
        for (var model : List.of("strict", "..", "%2e%2e")) {
          for (var what : List.of("image", "review")) {
            var path = "/models/" + model + "/results/" + hostile + "/" + what;
            int status = statusOfHostile(service, path, mark);
            assertTrue(List.of(400, 404, 405).contains(status), path + ": " + status);
          }
        }
      }
      json(review(service, "lax", id, mark), 404);
      json(get(service, "/models/lax/results/" + id + "/image"), 404);
      json(get(service, "/models/strict/results/" + id), 404);
      json(get(service, "/models/strict/results/"), 404);
      json(get(service, "/models/strict/results/" + id + "/review"), 405);
      assertEquals(List.of(), files(folder.resolve("reviews")));
      // A result is forgotten when as many have followed as are remembered.
      for (int i = 0; i < ReviewAddresses.MOST_IMAGES; i++) {
        detect(service, "strict", PNG);
      }
      json(review(service, "strict", id, mark), 404);
      assertEquals(
          ReviewAddresses.MOST_IMAGES,
          json(get(service, "/models/strict/results"), 200).path("results").size());
    }
  }

  @Test
  void ofMarksAtTheSameTimeOneIsKeptWholeAndListed() throws Exception {
    try (var service = service()) {
      var id = detect(service, "strict", PNG);
      for (int round = 0; round < 5; round++) {
        var marks = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 8; i++) {
          var mark = i % 2 == 0 ? "{\"mark\":\"correct\"}" : "{\"mark\":\"false-alarm\"}";
          marks.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return review(service, "strict", id, mark).statusCode();
                    } catch (IOException | InterruptedException e) {
                      throw new AssertionError(e);
                    }
                  },
                  task -> new Thread(task).start()));
        }
        for (var mark : marks) {
          assertEquals(200, mark.join());
        }
        var listed =
            json(get(service, "/models/strict/results"), 200)
                .path("results")
                .get(0)
                .path("mark")
                .asText();
        var kind = listed.equals("correct") ? "defective/" : "normal/";
        assertEquals(List.of(kind + id + ".json", kind + id + ".png"), kept("strict"));
        assertEquals(listed, about("strict/" + kind + id).path("mark").asText());
        assertArrayEquals(
            PNG, Files.readAllBytes(folder.resolve("reviews/strict/" + kind + id + ".png")));
      }
    }
  }

  @Test
  void aReviewThatCannotBeWrittenIsSaidAndLeavesNoImage() throws Exception {
    try (var service = service()) {
      var id = detect(service, "strict", PNG);
      // A file where the folder of normal images would be.
      Files.createDirectories(folder.resolve("reviews/strict"));
      Files.writeString(folder.resolve("reviews/strict/normal"), "in the way");
      var failed = json(review(service, "strict", id, "{\"mark\":\"false-alarm\"}"), 500);
      assertFalse(failed.toString().contains(folder.toString()), failed.toString());
      assertEquals(List.of("normal"), kept("strict"));
      var list = json(get(service, "/models/strict/results"), 200).path("results");
      assertFalse(list.get(0).has("mark"));
    }
  }

  @Test
  void withTokensResultsNeedOneToo() throws Exception {
    Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    var tokens = Optional.of(AccessTokens.read(folder.resolve("tokens")));
    var settings = ServiceSettings.defaults().protectedBy(tokens, Optional.empty());
    try (var service = service(settings)) {
      for (var path : List.of("/models/strict/results", "/models/strict/results/0/image")) {
        json(get(service, path), 401);
      }
      json(review(service, "strict", "0", "{\"mark\":\"correct\"}"), 401);
    }
  }

  @Test
  void withoutTheOptionNothingIsRememberedAndTheOptionIsNamed() throws Exception {
    try (var service = DetectionService.start(models, ServiceSettings.defaults())) {
      var answer = json(post(service, "/models/strict/detect", PNG, ""), 200);
      assertFalse(answer.has("id"));
      for (var path : List.of("/results", "/results/0/image", "/results/0/review")) {
        var refused = json(get(service, "/models/strict" + path), 404);
        assertTrue(refused.path("error").asText().contains("--reviews DIR"), refused.toString());
      }
      assertFalse(get(service, "/").body().contains("id=\"recent\""));
    }
    try (var service = service()) {
      assertTrue(get(service, "/").body().contains("data-root=\"\" data-model=\"strict\""));
      var below = get(service, "/models/lax/").body();
      assertTrue(below.contains("data-root=\"../../\" data-model=\"lax\""), below);
      assertTrue(below.contains("id=\"recent\""));
    }
  }

  /** Written as it is, where a client's library would refuse or change it, and answered once. */
  private static int statusOfHostile(DetectionService service, String path, String body)
      throws IOException {
    try (var socket = new Socket(service.address().getHost(), service.address().getPort())) {
      var head = "Host: a\r\nConnection: close\r\nContent-Type: application/json\r\n";
      var length = "Content-Length: " + body.length() + "\r\n\r\n";
      var request = "POST " + path + " HTTP/1.1\r\n" + head + length + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 404".length());
      return Integer.parseInt(
          new String(answer, StandardCharsets.ISO_8859_1).substring("HTTP/1.1 ".length()));
    }
  }

  private static String id(JsonNode result) {
    return result.path("id").asText();
  }

  private static String detect(DetectionService service, String model, byte[] image)
      throws IOException, InterruptedException {
    var id = id(json(post(service, "/models/" + model + "/detect", image, ""), 200));
    assertTrue(id.matches("[0-9a-f]{32}"), id);
    return id;
  }

  private static HttpResponse<String> review(
      DetectionService service, String model, String id, String body)
      throws IOException, InterruptedException {
    return post(
        service,
        "/models/" + model + "/results/" + id + "/review",
        body.getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  /** What is kept of a model's reviews, relative to its folder. */
  private List<String> kept(String model) throws IOException {
    return files(folder.resolve("reviews").resolve(model));
  }

  private static List<String> files(Path below) throws IOException {
    if (!Files.exists(below)) {
      return List.of();
    }
    try (var files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> below.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private JsonNode about(String review) throws IOException {
    return JSON.readTree(folder.resolve("reviews/" + review + ".json").toFile());
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static URI at(DetectionService service, String path) {
    return URI.create(service.address() + path.substring(1));
  }

  private static HttpResponse<String> get(DetectionService service, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(at(service, path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(
      DetectionService service, String path, byte[] body, String type)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(at(service, path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
