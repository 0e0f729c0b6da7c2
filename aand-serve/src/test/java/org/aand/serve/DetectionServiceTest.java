package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.api.SampleImages;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service answers many clients at once, refuses what it should, and outlives all of it. */
class DetectionServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<RgbImage> IMAGES = SampleImages.draw(9, 80, 64);
  private static final int MAX_UPLOAD = 300_000;
  private static final ServiceSettings SETTINGS =
      ServiceSettings.defaults().accepting(MAX_UPLOAD, 1_000_000, 8);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static AnomalyDetector detector;

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static DetectionService service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    TinyModelFile.write(folder.resolve("model.aand"), IMAGES.subList(0, 6));
    detector = AnomalyDetector.load(folder);
    service = DetectionService.start(detector, "tiny", SETTINGS);
  }

  @AfterAll
  static void stop() {
    service.close();
    detector.close();
  }

  @Test
  void anImageIsAnsweredWithItsScoreAndOnRequestAHeatmap() throws Exception {
    for (var image : IMAGES) {
      var expected = detector.detect(image);
      var found = json(post("/detect", SampleImages.png(image)), 200);
      assertEquals(expected.score(), found.path("score").floatValue());
      assertEquals(expected.verdict().key(), found.path("verdict").asText());
      assertEquals(
          expected.percentile().orElseThrow(), found.path("percentile").doubleValue(), 1e-12);
      assertEquals(80, found.path("width").asInt());
      assertFalse(found.has("heatmap"));
    }
    var found = json(post("/detect?heatmap=true", SampleImages.png(IMAGES.get(0))), 200);
    var prefix = "data:image/png;base64,";
    assertTrue(found.path("heatmap").asText().startsWith(prefix));
    byte[] png =
        Base64.getDecoder().decode(found.path("heatmap").asText().substring(prefix.length()));
    assertEquals(ByteBuffer.wrap(detector.detect(IMAGES.get(0)).heatmap()), ByteBuffer.wrap(png));
  }

  @Test
  void anImageIsAnsweredWithItsRegionsAndOnRequestTheirOutlines() throws Exception {
    int regions = 0;
    for (var image : IMAGES) {
      var expected = detector.detect(image);
      var found = json(post("/detect?outline=true", SampleImages.png(image)), 200);
      assertFalse(found.has("heatmap"));
      assertEquals(
          (float) expected.pixelThreshold().orElseThrow(),
          found.path("pixelThreshold").floatValue());
      assertEquals(expected.regions().size(), found.path("regions").size());
      for (int i = 0; i < expected.regions().size(); i++) {
        var region = expected.regions().get(i);
        var told = found.path("regions").path(i);
        assertEquals(region.x(), told.path("x").asInt());
        assertEquals(region.y(), told.path("y").asInt());
        assertEquals(region.width(), told.path("width").asInt());
        assertEquals(region.height(), told.path("height").asInt());
        assertEquals(region.area(), told.path("area").asInt());
        assertEquals(region.centroidX(), told.at("/centroid/x").asDouble());
        assertEquals(region.centroidY(), told.at("/centroid/y").asDouble());
        assertEquals(region.peak(), told.at("/peak/value").floatValue());
        assertEquals(region.peakX(), told.at("/peak/x").asInt());
        assertEquals(region.peakY(), told.at("/peak/y").asInt());
        regions++;
      }
      var prefix = "data:image/png;base64,";
      assertEquals(
          ByteBuffer.wrap(expected.outline(Detection.SHOWN)),
          ByteBuffer.wrap(
              Base64.getDecoder()
                  .decode(found.path("outline").asText().substring(prefix.length()))));
    }
    assertTrue(regions > 0, "no image has a region");
    json(post("/detect?outline=perhaps", SampleImages.png(IMAGES.get(0))), 400);
    assertTrue(json(get("/health"), 200).has("pixelThreshold"));
  }

  @Test
  void healthMetricsAndThePageAreThere() throws Exception {
    post("/detect", SampleImages.png(IMAGES.get(0)));
    assertEquals("ok", json(get("/health"), 200).path("status").asText());
    var metrics = get("/metrics");
    assertEquals(200, metrics.statusCode());
    assertTrue(
        metrics.body().contains("aand_requests_total{model=\"tiny\",status=\"200\"}"),
        metrics.body());
    assertTrue(metrics.body().contains("le=\"+Inf\""));
    var page = get("/");
    assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
    assertTrue(page.body().contains("id=\"drop\""));
    json(get("/nowhere"), 404);
    json(get("/detect"), 405);
    assertEquals(405, post("/health", new byte[1]).statusCode());
  }

  @Test
  void hostileBodiesAreRefusedAndTheServiceStaysUp() throws Exception {
    var random = new RandomStreams(31).stream("bodies");
    byte[] whole = SampleImages.png(IMAGES.get(0));
    var bodies = new ArrayList<byte[]>();
    bodies.add(new byte[0]);
    bodies.add("no image".getBytes(StandardCharsets.UTF_8));
    bodies.add(declaring(50_000, 50_000));
    bodies.add(declaring(2_000, 1_000));
    bodies.add(declaring(0, 7));
    bodies.add(declaring(-1, -1));
    for (int i = 0; i < 30; i++) {
      bodies.add(Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)));
      byte[] garbage = new byte[random.nextInt(5000)];
      random.nextBytes(garbage);
      System.arraycopy(whole, 0, garbage, 0, Math.min(garbage.length, i));
      bodies.add(garbage);
    }
    for (byte[] body : bodies) {
      var answer = json(post("/detect", body), 400);
      assertEquals(1, answer.path("error").asText().lines().count(), answer.toString());
    }
    json(post("/detect", new byte[MAX_UPLOAD + 1]), 413);
    for (var query : List.of("?heatmap=%", "?heatmap=%ff%fe", "?" + "x".repeat(20_000), "?%zz")) {
      int status =
          raw("POST /detect" + query + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
      assertTrue(status >= 400 && status < 500, query.length() + " characters: " + status);
    }
    for (var request :
        List.of(
            "nonsense\r\n\r\n",
            "POST /detect HTTP/1.1\r\n\r\n",
            "POST /detect HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
            "POST /detect HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n",
            "POST /detect HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(100_000) + "\r\n\r\n",
            "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n")) {
      int status = raw(request);
      assertTrue(status >= 400 && status < 500, request.strip() + ": " + status);
    }
    json(post("/detect", whole), 200);
  }

  @Test
  void aBodyWithoutALengthIsBoundedToo() throws Exception {
    byte[] much = new byte[MAX_UPLOAD + 1];
    var request =
        HttpRequest.newBuilder(service.address().resolve("/detect"))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(much)))
            .build();
    json(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()), 413);
  }

  @Test
  void eightClientsAtOnceAllGetTheirOwnAnswer() {
    var expected = IMAGES.stream().map(image -> detector.detect(image).score()).toList();
    var answered = new AtomicInteger();
    var clients =
        IntStream.range(0, 8)
            .mapToObj(
                c ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = c; i < c + 25; i++) {
                            int which = i % IMAGES.size();
                            var found = json(postQuietly(SampleImages.png(IMAGES.get(which))), 200);
                            assertEquals(expected.get(which), found.path("score").floatValue());
                            answered.incrementAndGet();
                          }
                        },
                        task -> new Thread(task).start()))
            .toList();
    clients.forEach(CompletableFuture::join);
    assertEquals(8 * 25, answered.get());
  }

  @Test
  void beyondItsPlacesTheServiceIsBusy() throws Exception {
    try (var narrow =
        DetectionService.start(detector, "tiny", SETTINGS.accepting(MAX_UPLOAD, 10_000, 1))) {
      var address = narrow.address().resolve("/detect");
      byte[] png = SampleImages.png(IMAGES.get(0));
      var statuses = ConcurrentHashMap.<Integer>newKeySet();
      var clients =
          IntStream.range(0, 8)
              .mapToObj(
                  c ->
                      CompletableFuture.runAsync(
                          () -> {
                            while (!statuses.containsAll(Set.of(200, 503))) {
                              var answer = sendQuietly(address, png);
                              statuses.add(answer.statusCode());
                              assertEquals(
                                  answer.statusCode() == 503 ? "1" : "",
                                  answer.headers().firstValue("Retry-After").orElse(""));
                            }
                          },
                          task -> new Thread(task).start()))
              .toList();
      clients.forEach(CompletableFuture::join);
      assertEquals(Set.of(200, 503), statuses);
    }
  }

  @Test
  void aStopAnswersWhatWasAcceptedAndTakesNothingMore() throws Exception {
    var stopping = DetectionService.start(detector, "tiny", SETTINGS);
    byte[] png = SampleImages.png(IMAGES.get(2));
    var address = stopping.address();
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 6; i++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
      var out = socket.getOutputStream();
      out.write(
          ("POST /detect HTTP/1.1\r\nHost: a\r\nContent-Length: " + png.length + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      out.write(png, 0, png.length - 1);
      out.flush();
      sockets.add(socket);
    }
    while (!get(address.resolve("/metrics")).body().contains("aand_requests_under_way 6.0\n")) {
      Thread.onSpinWait();
    }
    var stopped = new CountDownLatch(1);
    var thread =
        new Thread(
            () -> {
              stopping.close();
              stopped.countDown();
            });
    thread.start();
    while (accepts(address)) {
      Thread.onSpinWait();
    }
    assertEquals(1, stopped.getCount(), "stopped before the accepted requests were answered");
    for (var socket : sockets) {
      socket.getOutputStream().write(png, png.length - 1, 1);
      socket.getOutputStream().flush();
    }
    for (var socket : sockets) {
      assertEquals(200, status(socket));
      socket.close();
    }
    stopped.await();
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    int port = service.address().getPort();
    var e =
        assertThrows(
            InputException.class,
            () -> DetectionService.start(detector, "tiny", SETTINGS.at("127.0.0.1", port)));
    assertTrue(String.valueOf(e.getMessage()).contains(":" + port), e.getMessage());
  }

  /** Whether a new connection is still served. */
  private static boolean accepts(URI address) {
    try {
      return get(address.resolve("/health")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The beginning of a PNG file of that size, checksums right, and no pixels. */
  private static byte[] declaring(int width, int height) {
    var header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(header.array());
    return ByteBuffer.allocate(8 + 4 + 17 + 4 + 12)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
        .putInt(13)
        .put(header.array())
        .putInt((int) crc.getValue())
        .putInt(0)
        .put("IEND".getBytes(StandardCharsets.US_ASCII))
        .putInt(0xAE426082)
        .array();
  }

  private static int raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return status(socket);
    }
  }

  private static int status(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\n';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return Integer.parseInt(line.substring(line.indexOf(" ") + 1, line.indexOf(" ") + 4));
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(service.address().resolve(path));
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return send(service.address().resolve(path), body);
  }

  private static HttpResponse<String> postQuietly(byte[] body) {
    return sendQuietly(service.address().resolve("/detect"), body);
  }

  private static HttpResponse<String> sendQuietly(URI uri, byte[] body) {
    try {
      return send(uri, body);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> send(URI uri, byte[] body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer, int status) {
    assertEquals(status, answer.statusCode(), answer.body());
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
