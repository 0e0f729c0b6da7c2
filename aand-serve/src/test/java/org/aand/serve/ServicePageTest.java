package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.image.ImageChange;
import org.aand.common.image.RgbImage;
import org.aand.drift.DriftMonitor;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.Problems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The service's page in a real browser; skipped where no Chromium is installed. */
class ServicePageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final List<RgbImage> IMAGES = SampleImages.draw(30, 80, 64);
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final String CARDS = "document.querySelectorAll('#recent .card')";
  private static final String FIRST = "document.querySelector('#recent .card')";

  // The browser's children may write to the profile a moment longer.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder = Path.of("");

  private List<ServedModel> models = List.of();

  /** By one model most is normal, by another all is anomalous. */
  @BeforeEach
  void load() {
    var chromium = Browser.find();
    assumeTrue(chromium.isPresent(), "no Chromium on the PATH: the service's page is not tried");
    var file = TinyModelFile.write(folder.resolve("m.aand"), IMAGES.subList(0, 20));
    models = List.of(model("lax", file, 1e9), model("strict", file, -1));
  }

  private static ServedModel model(String name, Path file, double threshold) {
    return ServedModel.load(
        name,
        file,
        path -> AnomalyDetector.load(path).withThreshold(threshold),
        new DriftMonitor.Settings(10, 10));
  }

  @AfterEach
  void close() {
    models.forEach(ServedModel::close);
  }

  private DetectionService service(ServiceSettings settings) {
    return DetectionService.start(
        models,
        settings,
        new ResultRecorder(List.of(), Problems.toPeople(line -> {})),
        Optional.of(ReviewFolder.at(folder.resolve("reviews"))));
  }

  private Browser browser() throws Exception {
    return Browser.start(Browser.find().orElseThrow(), folder);
  }

  @Test
  void resultsOfOthersAreListedMarkedAndTheirDefectsDrawn() throws Exception {
    try (var service = service(ServiceSettings.defaults());
        var browser = browser()) {
      for (int i = 0; i < 3; i++) {
        post(service, "lax", IMAGES.get(i), "");
      }
      browser.window(1280, 900, false);
      browser.open(service.address());
      browser.until(CARDS + ".length === 3");
      browser.until(
          "[..." + CARDS + "].every((c) => c.querySelector('.image').naturalWidth === 80)");
      browser.until(
          "[..." + CARDS + "].every((c) => c.querySelector('.heat').naturalWidth === 80)");
      press(browser, "Missed defect");
      browser.until(FIRST + ".querySelector('[role=status]').textContent === 'Kept.'");
      press(browser, "Draw where it is");
      browser.until("document.getElementById('drawing').open");
      browser.until("document.querySelector('.drawing-image').naturalWidth === 80");

      // From the right below to the left above, as people do it too.
      drag(browser, 0.75, 0.75, 0.25, 0.5);
      assertEquals(
          "40 × 16 at (20, 32)",
          browser.text("byId('drawing').querySelector('.drawing-place').textContent"));
      browser.value("byId('drawing').querySelector('.drawing-keep').click()");
      browser.until(FIRST + ".querySelector('[role=status]').textContent.startsWith('Kept: 40')");
      assertEquals(
          JSON.readTree("{\"x\":20,\"y\":32,\"width\":40,\"height\":16}"),
          review("lax/defective").path("region"));

      // By a finger, out of the image: the region ends at its rim.
      press(browser, "Draw again");
      browser.until("document.getElementById('drawing').open");
      double[] from = point(browser, 0.5, 0.5);
      double[] to = point(browser, 1.2, 0.25);
      browser.touch("touchStart", from);
      browser.touch("touchMove", (from[0] + to[0]) / 2, from[1]);
      browser.touch("touchMove", Math.min(to[0], 1270), to[1]);
      browser.touch("touchEnd");
      browser.value("byId('drawing').querySelector('.drawing-keep').click()");
      browser.until(
          FIRST + ".querySelector('[role=status]').textContent.startsWith('Kept: 40 × 16 at (40')");
      assertEquals(
          JSON.readTree("{\"x\":40,\"y\":16,\"width\":40,\"height\":16}"),
          review("lax/defective").path("region"));

      // What was said is there when the page is opened again; Escape changes nothing.
      browser.open(service.address());
      browser.until(CARDS + ".length === 3");
      assertEquals("true", pressed(browser, "Missed defect"));
      press(browser, "Draw again");
      browser.until("document.getElementById('drawing').open");
      browser.escape();
      browser.until("!document.getElementById('drawing').open");
      assertEquals(40, review("lax/defective").path("region").path("x").asInt());
      press(browser, "Correct");
      browser.until(FIRST + ".querySelector('[role=status]').textContent === 'Kept.'");
      assertFalse(review("lax/normal").has("region"));
    }
  }

  @Test
  void modelsAreChosenAndTheirDriftIsTold() throws Exception {
    try (var service = service(ServiceSettings.defaults());
        var browser = browser()) {
      browser.window(340, 700, true);
      browser.open(service.address());
      browser.until("!byId('models').hidden");
      assertEquals(
          "lax strict", browser.text("[...byId('model').options].map((o) => o.text).join(' ')"));
      assertTrue(browser.text("byId('drift').textContent").contains("too few images"));
      var dark = new ImageChange(0.5, 1, 0, 0, 0);
      for (var image : IMAGES.subList(0, 12)) {
        post(service, "strict", dark.apply(image), "");
      }
      browser.value(
          "byId('model').value = 'strict'; byId('model').dispatchEvent(new Event('change'))");
      browser.until(
          "location.pathname === '/models/strict/' && document.readyState === 'complete'");
      browser.until("byId('drift').className === 'notice'");
      assertTrue(browser.text("byId('drift').textContent").contains("darker"));
      assertTrue(browser.text("byId('traits').textContent").contains("brightness: median"));
      browser.until("byId('model').selectedOptions[0]?.text === 'strict (drifted)'");
      browser.until(CARDS + ".length === 12");
      assertEquals("anomalous", browser.text(FIRST + ".querySelector('.chip').textContent"));

      // An image that this page sends has a card above, and none among the others.
      var png = Files.write(folder.resolve("mine.png"), SampleImages.png(IMAGES.get(0)));
      browser.choose("byId('files')", List.of(png));
      browser.until("document.querySelectorAll('#images .card').length === 1");
      browser.value("models.look(false).then(() => recent.look(false))");
      assertEquals("12", browser.text(CARDS + ".length"));
      assertEquals("true", browser.text("document.documentElement.scrollWidth <= innerWidth"));
    }
  }

  @Test
  void aTokenIsAskedForOnceAndOpensTheListToo() throws Exception {
    Files.writeString(folder.resolve("tokens"), TOKEN + "\n");
    var tokens = Optional.of(AccessTokens.read(folder.resolve("tokens")));
    var settings = ServiceSettings.defaults().protectedBy(tokens, Optional.empty());
    try (var service = service(settings);
        var browser = browser()) {
      post(service, "lax", IMAGES.get(0), TOKEN);
      browser.command(
          "Page.addScriptToEvaluateOnNewDocument",
          Browser.with(
              "source",
              "window.asked = 0; window.prompt = () => { window.asked++; return '"
                  + TOKEN
                  + "'; };"));
      browser.open(service.address());
      browser.until(CARDS + ".length === 1");
      browser.until(FIRST + ".querySelector('.image').naturalWidth === 80");
      assertEquals("1", browser.text("window.asked"));
    }
  }

  private static void press(Browser browser, String text) throws Exception {
    browser.value(button(text) + ".click()");
  }

  private static String pressed(Browser browser, String text) throws Exception {
    return browser.text(button(text) + ".getAttribute('aria-pressed')");
  }

  /** Of the newest result. */
  private static String button(String text) {
    return "[..."
        + FIRST
        + ".querySelectorAll('.review button')].find((b) => b.textContent === '"
        + text
        + "')";
  }

  private static double[] point(Browser browser, double right, double down) throws Exception {
    var rect =
        browser.value(
            "(({ left, top, width, height }) => [left, top, width, height])(document.querySelector('.drawing-frame').getBoundingClientRect())");
    return new double[] {
      rect.get(0).asDouble() + right * rect.get(2).asDouble(),
      rect.get(1).asDouble() + down * rect.get(3).asDouble()
    };
  }

  private static void drag(Browser browser, double x0, double y0, double x1, double y1)
      throws Exception {
    double[] from = point(browser, x0, y0);
    double[] to = point(browser, x1, y1);
    browser.mouse("mousePressed", from[0], from[1]);
    browser.mouse("mouseMoved", (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    browser.mouse("mouseMoved", to[0], to[1]);
    browser.mouse("mouseReleased", to[0], to[1]);
  }

  private static void post(DetectionService service, String model, RgbImage image, String token)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(service.address() + "models/" + model + "/detect"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(SampleImages.png(image)));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** The only review in a folder. */
  private JsonNode review(String below) throws IOException {
    try (var files = Files.list(folder.resolve("reviews").resolve(below))) {
      var texts = files.filter(file -> file.toString().endsWith(".json")).toList();
      assertEquals(1, texts.size(), texts.toString());
      return JSON.readTree(texts.get(0).toFile());
    }
  }
}
