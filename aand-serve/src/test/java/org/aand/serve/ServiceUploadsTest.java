package org.aand.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.image.RgbImage;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How images reach the service: slowly, in forms, wrapped in what is not read, or not at all. */
class ServiceUploadsTest {
  private static final List<RgbImage> IMAGES = SampleImages.draw(7, 80, 64);
  private static final byte[] PNG = SampleImages.png(IMAGES.get(0));
  private static final ServiceSettings SETTINGS =
      ServiceSettings.defaults().accepting(300_000, 1_000_000, 1).within(Duration.ofMinutes(5));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static AnomalyDetector detector;

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static DetectionService service;

  @BeforeAll
  static void start(@TempDir Path folder) {
    TinyModelFile.write(folder.resolve("model.aand"), IMAGES);
    detector = AnomalyDetector.load(folder);
    service = DetectionService.start(detector, "tiny", SETTINGS);
  }

  @AfterAll
  static void stop() {
    service.close();
    detector.close();
  }

  /** One place in all, and clients that hold on to what they have. */
  @Nested
  @Timeout(120)
  class SlowClients {
    @Test
    void keepNobodyWaiting() throws Exception {
      var slow = new ArrayList<Socket>();
      for (int i = 0; i < 8; i++) {
        slow.add(beginning(100_000));
      }
      await("aand_requests_under_way 8.0");
      for (int answered = 0; answered < 20; answered++) {
        slow.get(0).getOutputStream().write('x');
        var quick = post("/detect", PNG);
        assertEquals(200, quick.statusCode(), quick.body() + " after " + answered);
      }
      for (var socket : slow) {
        socket.close();
      }
      await("aand_requests_under_way 0.0");
    }

    @Test
    void areToldWhenPatienceEnds() throws Exception {
      try (var hasty =
          DetectionService.start(detector, "tiny", SETTINGS.within(Duration.ofSeconds(1)))) {
        var slow = new ArrayList<Socket>();
        for (int i = 0; i < 8; i++) {
          // A client that is silent from the start gets the answer too, not only one that sent
          // some.
          slow.add(beginning(hasty, 100_000, i == 0 ? "x" : ""));
        }
        for (var socket : slow) {
          assertEquals("HTTP/1.1 408 Request Timeout", line(socket));
          socket.close();
        }
      }
    }

    @Test
    void areServedWhenTheirLastByteComes() throws Exception {
      try (var socket = beginning(PNG.length)) {
        var out = socket.getOutputStream();
        for (int i = 0; i < PNG.length; i += 100) {
          out.write(PNG, i, Math.min(100, PNG.length - i));
          out.flush();
        }
        assertEquals("HTTP/1.1 200 OK", line(socket));
      }
    }

    @Test
    void areRefusedWhenThereAreTooMany() throws Exception {
      int most = ServiceSettings.defaults().accepting(1, 1, 1).maxUploads();
      var sockets = new ArrayList<Socket>();
      for (int i = 0; i < most; i++) {
        sockets.add(beginning(10));
      }
      await("aand_requests_under_way " + most + ".0");
      var refused = post("/detect", PNG);
      assertEquals(503, refused.statusCode());
      assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, get("/health").statusCode());
      for (var socket : sockets) {
        socket.close();
      }
      await("aand_requests_under_way 0.0");
      assertEquals(200, post("/detect", PNG).statusCode());
    }

    /** Says how much it will send, and sends nothing yet. */
    private static Socket beginning(int length) throws IOException {
      return beginning(service, length, "");
    }

    private static Socket beginning(DetectionService at, int length, String sent)
        throws IOException {
      var socket = new Socket(InetAddress.getLoopbackAddress(), at.address().getPort());
      socket
          .getOutputStream()
          .write(
              ("POST /detect HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + sent)
                  .getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return socket;
    }

    private static String line(Socket socket) throws IOException {
      var line = new StringBuilder();
      for (int c = socket.getInputStream().read();
          c >= 0 && c != '\r';
          c = socket.getInputStream().read()) {
        line.append((char) c);
      }
      return line.toString();
    }

    private static void await(String metric) throws Exception {
      while (!get("/metrics").body().contains(metric + "\n")) {
        Thread.sleep(5);
      }
    }
  }

  /** As {@code curl -F file=@part.png} and every upload form send it. */
  @Nested
  class Forms {
    private static final String FORM = "multipart/form-data; boundary=x-y";

    @Test
    void oneFileIsTheImage() throws Exception {
      var plain = post("/detect", PNG);
      var answer = send("/detect", FORM, form(file("file", PNG)));
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(plain.body(), answer.body());
      assertEquals(200, send("/detect", FORM, form(file("anything", PNG))).statusCode());
    }

    @Test
    void noneOrSeveralAreNot() throws Exception {
      refused(400, "no files", send("/detect", FORM, form()));
      refused(400, "2 files", send("/detect", FORM, form(file("a", PNG), file("b", PNG))));
      refused(
          400,
          "the field heatmap, which is no file",
          send("/detect", FORM, form(file("a", PNG), field("heatmap", "true"))));
      refused(
          400,
          "the image is not a PNG",
          send("/detect", FORM, form(file("a", "no image".getBytes(UTF_8)))));
    }

    @Test
    void damagedOnesAreNamed() throws Exception {
      refused(400, "damaged", send("/detect", FORM, PNG));
      byte[] whole = form(file("file", PNG));
      byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
      refused(400, "damaged", send("/detect", FORM, half));
      refused(400, "boundary", send("/detect", "multipart/form-data", whole));
      refused(415, "Content-Type is not", send("/detect", "image/png", whole));
      refused(415, "multipart/mixed", send("/detect", "multipart/mixed; boundary=x-y", whole));
    }

    @Test
    void tooManyPartsAreNotCollected() throws Exception {
      var parts = new byte[1000][];
      java.util.Arrays.fill(parts, file("f", new byte[1]));
      refused(400, "damaged", send("/detect", FORM, form(parts)));
      refused(413, "more than", send("/detect", FORM, form(file("f", new byte[300_000]))));
    }

    private static byte[] form(byte[]... parts) {
      var out = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        out.writeBytes("--x-y\r\n".getBytes(UTF_8));
        out.writeBytes(part);
        out.writeBytes("\r\n".getBytes(UTF_8));
      }
      out.writeBytes("--x-y--\r\n".getBytes(UTF_8));
      return out.toByteArray();
    }

    private static byte[] file(String name, byte[] content) {
      var out = new ByteArrayOutputStream();
      out.writeBytes(
          ("Content-Disposition: form-data; name=\""
                  + name
                  + "\"; filename=\"part.png\"\r\nContent-Type: image/png\r\n\r\n")
              .getBytes(UTF_8));
      out.writeBytes(content);
      return out.toByteArray();
    }

    private static byte[] field(String name, String value) {
      return ("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value)
          .getBytes(UTF_8);
    }
  }

  /** What clients try too, each refused by its name. */
  @Nested
  class OtherWrappings {
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

    @Test
    void gzip() throws Exception {
      var packed = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(packed)) {
        gzip.write(PNG);
      }
      refused(415, "compressed by gzip", post("/detect", packed.toByteArray()));
      var named =
          CLIENT.send(
              HttpRequest.newBuilder(service.address().resolve("/detect"))
                  .header("Content-Encoding", "gzip")
                  .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      refused(415, "Content-Encoding gzip", named);
      assertEquals("identity", named.headers().firstValue("Accept-Encoding").orElse(""));
    }

    @Test
    void jsonWithAndWithoutItsType() throws Exception {
      byte[] json = ("{\"image\": \"" + BASE64 + "\"}").getBytes(UTF_8);
      refused(415, "within JSON", send("/detect", "application/json", json));
      refused(415, "within JSON", send("/detect", "application/x-www-form-urlencoded", json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data:image/png;base64,"})
    void base64(String prefix) throws Exception {
      refused(415, "base64", send("/detect", "text/plain", (prefix + BASE64).getBytes(UTF_8)));
    }
  }

  @Nested
  class Addresses {
    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "TRUE", "", "true&heatmap=false", "%0Atrue"})
    void aHeatmapIsTrueOrFalse(String value) throws Exception {
      refused(400, "heatmap is true or false, not", post("/detect?heatmap=" + value, PNG));
    }

    @Test
    void whatIsNoImageIsCalledTheImageOnce() throws Exception {
      for (byte[] body : List.of(new byte[0], Arrays.copyOf(PNG, 60), new byte[] {1, 2, 3, 4})) {
        var answer = post("/detect", body);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"error\":\"the image is "), answer.body());
      }
    }

    @Test
    void unknownParametersAreNamed() throws Exception {
      refused(400, "unknown parameter heat-map", post("/detect?heat-map=true", PNG));
      assertEquals(200, post("/detect?heatmap=false", PNG).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health"})
    void headIsGetWithoutItsBody(String path) throws Exception {
      var head = request("HEAD", path);
      assertEquals(200, head.statusCode());
      assertEquals("", head.body());
      for (var header : List.of("Content-Length", "Content-Type")) {
        assertEquals(get(path).headers().firstValue(header), head.headers().firstValue(header));
      }
      assertEquals(200, request("HEAD", "/metrics").statusCode());
    }

    @Test
    void otherMethodsHearWhichAreTaken() throws Exception {
      for (var path : List.of("/", "/health", "/metrics")) {
        var answer = request("DELETE", path);
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElse(""));
      }
      assertEquals("POST", request("HEAD", "/detect").headers().firstValue("Allow").orElse(""));
    }
  }

  private static void refused(int status, String reason, HttpResponse<String> answer)
      throws IOException {
    assertEquals(status, answer.statusCode(), answer.body());
    var error = new ObjectMapper().readTree(answer.body()).path("error").asText();
    assertTrue(error.contains(reason), error);
    assertEquals(1, error.lines().count(), error);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return request("GET", path);
  }

  private static HttpResponse<String> request(String method, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(service.address().resolve(path))
            .method(method, BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, byte[] body) throws Exception {
    return send(path, "application/octet-stream", body);
  }

  private static HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(service.address().resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
