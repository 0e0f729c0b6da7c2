package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.InputException;
import org.aand.common.image.ImageChange;
import org.aand.common.image.RgbImage;
import org.aand.drift.DriftMonitor;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.Problems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service of two models, one calibrated and one not, that change and are protected. */
class SeveralModelsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<RgbImage> IMAGES = SampleImages.draw(30, 80, 64);
  private static final String REVIEW =
      "{\"mark\":\"correct\",\"region\":{\"x\":1,\"y\":2,\"width\":3,\"height\":4},\"note\":\"ä\"}";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder = Path.of("");
  private List<ServedModel> models = List.of();

  @BeforeEach
  void load() {
    TinyModelFile.write(folder.resolve("cap.aand"), IMAGES.subList(0, 20));
    TinyModelFile.write(folder.resolve("bolt.aand"));
    models = List.of(model("cap"), model("bolt"));
  }

  @AfterEach
  void close() {
    models.forEach(ServedModel::close);
  }

  private ServedModel model(String name) {
    return ServedModel.load(
        name,
        folder.resolve(name + ".aand"),
        AnomalyDetector::load,
        new DriftMonitor.Settings(10, 10));
  }

  @Test
  void eachModelAnswersByItsNameAndTheFirstWithout() throws Exception {
    try (var service = DetectionService.start(models, ServiceSettings.defaults())) {
      byte[] png = SampleImages.png(IMAGES.get(0));
      var cap = json(post(service, "/models/cap/detect", png), 200);
      assertEquals(cap, json(post(service, "/detect", png), 200));
      assertTrue(cap.has("percentile"));
      var bolt = json(post(service, "/models/bolt/detect", png), 200);
      assertEquals("undecided", bolt.path("verdict").asText());
      var list = json(get(service, "/models"), 200).path("models");
      assertEquals(List.of("cap", "bolt"), names(list));
      assertEquals(2, list.get(0).path("drift").path("images").asInt());
      assertFalse(list.get(1).has("drift"));
      assertEquals(list.get(1), json(get(service, "/models/bolt"), 200));
      assertTrue(get(service, "/models/bolt/").body().contains("bolt"));
      var metrics = get(service, "/metrics").body();
      assertTrue(
          metrics.contains("aand_requests_total{model=\"cap\",status=\"200\"} 2.0"), metrics);
      assertTrue(metrics.contains("aand_detections_total{model=\"bolt\",verdict=\"undecided\"} 1"));
      assertTrue(metrics.contains("aand_drift{model=\"cap\"} 0.0"));
      for (var nowhere :
          List.of("/models/nut", "/models/nut/detect", "/models/cap/x", "/models/cap/detect/x")) {
        json(get(service, nowhere), 404);
      }
      for (var trick : List.of("/models/..%2fcap.aand", "/models/%2e%2e/x", "/models//detect")) {
        var answer = get(service, trick);
        assertTrue(List.of(400, 404).contains(answer.statusCode()), trick + ": " + answer);
        assertFalse(json(answer, answer.statusCode()).path("error").asText().isEmpty(), trick);
      }
    }
  }

  @Test
  void aModelWhoseFileChangesIsReloadedAndNoRequestIsDropped() throws Exception {
    try (var service = DetectionService.start(models, ServiceSettings.defaults())) {
      byte[] png = SampleImages.png(IMAGES.get(1));
      var ended = new AtomicBoolean();
      var answered = new AtomicInteger();
      var clients = new ArrayList<CompletableFuture<Void>>();
      for (int c = 0; c < 3; c++) {
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!ended.get()) {
                    assertEquals(200, postQuietly(service, "/models/bolt/detect", png));
                    answered.incrementAndGet();
                  }
                },
                task -> new Thread(task).start()));
      }
      TinyModelFile.write(folder.resolve("next"), IMAGES.subList(0, 20));
      Files.move(
          folder.resolve("next"),
          folder.resolve("bolt.aand"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      while (json(get(service, "/models/bolt"), 200).path("reloads").asInt() < 1) {
        Thread.sleep(50);
      }
      assertTrue(json(get(service, "/models/bolt"), 200).path("calibrated").asBoolean());
      Files.writeString(folder.resolve("bolt.aand"), "no model");
      while (!json(get(service, "/models/bolt"), 200).has("problem")) {
        Thread.sleep(50);
      }
      json(post(service, "/models/bolt/detect", png), 200);
      ended.set(true);
      clients.forEach(CompletableFuture::join);
      assertTrue(answered.get() > 0);
    }
  }

  @Test
  void driftIsReportedByModel() throws Exception {
    try (var service = DetectionService.start(models, ServiceSettings.defaults())) {
      var dark = new ImageChange(0.5, 1, 0, 0, 0);
      for (var image : IMAGES) {
        json(post(service, "/models/cap/detect", SampleImages.png(dark.apply(image))), 200);
      }
      var drift = json(get(service, "/models/cap"), 200).path("drift");
      assertTrue(drift.path("drifted").asBoolean(), drift.toString());
      assertTrue(drift.path("causes").toString().contains("darker"), drift.toString());
      assertTrue(get(service, "/metrics").body().contains("aand_drift{model=\"cap\"} 1.0"));
    }
  }

  @Test
  void withTokensOnlyThePageHealthAndTheDocumentAreForEverybody() throws Exception {
    Files.writeString(folder.resolve("tokens"), "# line 4\n" + TOKEN + "\n");
    var tokens = Optional.of(AccessTokens.read(folder.resolve("tokens")));
    var settings = ServiceSettings.defaults().protectedBy(tokens, Optional.empty());
    try (var service = DetectionService.start(models, settings)) {
      for (var open : List.of("/", "/health", "/openapi.json", "/models/cap/")) {
        assertEquals(200, get(service, open).statusCode(), open);
      }
      for (var closed : List.of("/models", "/models/cap", "/models/nut", "/metrics")) {
        var refused = get(service, closed);
        json(refused, 401);
        assertTrue(
            refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
      }
      byte[] png = SampleImages.png(IMAGES.get(0));
      json(post(service, "/detect", png), 401);
      for (var wrong : List.of("Bearer " + TOKEN + "0", "Bearer", TOKEN, "Basic " + TOKEN)) {
        json(post(service, "/detect", png, "Authorization", wrong), 401);
      }
      json(post(service, "/detect", png, "Authorization", "Bearer " + TOKEN), 200);
      json(post(service, "/detect", png, "Authorization", "bearer " + TOKEN), 200);
    }
  }

  @Test
  void tokensThatCanBeGuessedAndNamesThatLeadElsewhereAreRefused() throws Exception {
    var file = folder.resolve("short");
    for (var content : List.of("", "# nothing\n", "secret\n", "with spaces in the middle of it")) {
      Files.writeString(file, content);
      var error = assertThrows(InputException.class, () -> AccessTokens.read(file));
      assertEquals(1, String.valueOf(error.getMessage()).lines().count());
    }
    assertThrows(InputException.class, () -> AccessTokens.read(folder.resolve("absent")));
    for (var name :
        List.of("", ".", "..", "a/b", "a b", "ä", "x".repeat(65), "cap.", "con", "Nul.1")) {
      assertThrows(InputException.class, () -> model(name), name);
    }
  }

  @Test
  void everyAnswerIsAsTheDocumentSays() throws Exception {
    try (var service = reviewed()) {
      var document = json(get(service, "/openapi.json"), 200);
      byte[] png = SampleImages.png(IMAGES.get(0));
      for (var image : IMAGES.subList(0, 12)) {
        json(post(service, "/detect", SampleImages.png(image)), 200);
      }
      check(document, "/detect", "post", post(service, "/detect?heatmap=true&outline=true", png));
      check(document, "/models/{name}/detect", "post", post(service, "/models/bolt/detect", png));
      check(document, "/models/{name}/detect", "post", post(service, "/models/nut/detect", png));
      check(document, "/detect", "post", post(service, "/detect", new byte[3]));
      check(document, "/detect", "post", post(service, "/detect", png, "Content-Type", "a/json"));
      check(document, "/models", "get", get(service, "/models"));
      check(document, "/models/{name}", "get", get(service, "/models/cap"));
      check(document, "/health", "get", get(service, "/health"));
      assertEquals(200, get(service, "/metrics").statusCode());
      var id = json(post(service, "/detect", png), 200).path("id").asText();
      var about = "/models/{name}/results/{id}/review";
      var address = about.replace("{name}", "cap").replace("{id}", id);
      for (var body : List.of(REVIEW, "{}")) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var kept = post(service, address, bytes, "Content-Type", "application/json");
        assertEquals(body.equals(REVIEW) ? 200 : 400, kept.statusCode(), kept.body());
        check(document, about, "post", kept);
      }
      check(document, about, "post", post(service, address.replace(id, "0"), png));
      var large = post(service, address, new byte[20_000], "Content-Type", "application/json");
      assertEquals(413, large.statusCode());
      check(document, about, "post", large);
      var list = get(service, "/models/cap/results");
      assertEquals("correct", json(list, 200).path("results").get(0).path("mark").asText());
      check(document, "/models/{name}/results", "get", list);
      check(document, "/models/{name}/results", "get", get(service, "/models/nut/results"));
      assertEquals(
          List.of(
              "/detect",
              "/models",
              "/models/{name}",
              "/models/{name}/detect",
              "/models/{name}/results",
              "/models/{name}/results/{id}/image",
              "/models/{name}/results/{id}/thumbnail",
              "/models/{name}/results/{id}/heatmap",
              "/models/{name}/results/{id}/outline",
              "/models/{name}/results/{id}/review",
              "/health",
              "/metrics"),
          fieldNames(document.path("paths")));
    }
  }

  private DetectionService reviewed() {
    return DetectionService.start(
        models,
        ServiceSettings.defaults(),
        new ResultRecorder(List.of(), Problems.toPeople(line -> {})),
        Optional.of(ReviewFolder.at(folder.resolve("reviews"))));
  }

  /** Holds an answer against the schema of its status. */
  private static void check(
      JsonNode document, String path, String method, HttpResponse<String> answer)
      throws IOException {
    var responses = document.path("paths").path(path).path(method).path("responses");
    var response = responses.path(Integer.toString(answer.statusCode()));
    assertFalse(response.isMissingNode(), path + " may not answer " + answer.statusCode());
    if (response.has("$ref")) {
      response = document.at(response.path("$ref").asText().substring(1));
    }
    var reference = response.at("/content/application~1json/schema/$ref").asText().substring(1);
    var schema = JSON.createObjectNode();
    schema.put("$ref", "#" + reference);
    schema.set("components", document.path("components"));
    var validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    var problems = validator.validate(JSON.readTree(answer.body()));
    assertTrue(problems.isEmpty(), path + ": " + problems + " in " + answer.body());
  }

  private static List<String> fieldNames(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> names(JsonNode models) {
    var names = new ArrayList<String>();
    models.forEach(model -> names.add(model.path("name").asText()));
    return names;
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> get(DetectionService service, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(service.address() + path.substring(1))).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(
      DetectionService service, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(service.address() + path.substring(1)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static int postQuietly(DetectionService service, String path, byte[] body) {
    try {
      return post(service, path, body).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
