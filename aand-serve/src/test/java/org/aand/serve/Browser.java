package org.aand.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real Chromium with one tab, driven by its DevTools protocol: real mouse, touch and policy. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 90;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Answers answers;
  private final AtomicInteger last = new AtomicInteger();

  private Browser(Process process, Path profile, WebSocket socket, Answers answers) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.answers = answers;
  }

  /** Where Chromium is installed. */
  static Optional<Path> find() {
    var path = String.valueOf(System.getenv("PATH"));
    return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
        .flatMap(
            bin ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(bin, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param folder for its profile, which it may still write to when it is closed
   */
  static Browser start(Path chromium, Path folder) throws Exception {
    var profile = Files.createDirectories(folder.resolve("profile"));
    var options =
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-breakpad",
            "--disable-dev-shm-usage",
            "--ignore-certificate-errors",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    var command = new ArrayList<String>(List.of(chromium.toString()));
    command.addAll(options);
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    var port = profile.resolve("DevToolsActivePort");
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        process.destroyForcibly();
        throw new AssertionError(Files.readString(folder.resolve("chromium.log")));
      }
      Thread.sleep(20);
    }
    var list = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
    var tabs =
        JSON.readTree(
            CLIENT
                .send(
                    HttpRequest.newBuilder(URI.create(list)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    var tab =
        tabs.valueStream()
            .filter(target -> target.path("type").asText().equals("page"))
            .findFirst()
            .orElseThrow();
    var answers = new Answers();
    var socket =
        CLIENT
            .newWebSocketBuilder()
            .buildAsync(URI.create(tab.path("webSocketDebuggerUrl").asText()), answers)
            .join();
    var browser = new Browser(process, profile, socket, answers);
    browser.command("Page.enable", JSON.createObjectNode());
    return browser;
  }

  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      text.append(data);
      if (whole) {
        try {
          var node = JSON.readTree(text.toString());
          var answer = waiting.remove(node.path("id").asInt());
          if (answer != null) {
            answer.complete(node);
          }
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  JsonNode command(String method, ObjectNode parameters) throws Exception {
    int id = last.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.waiting.put(id, answer);
    var node = JSON.createObjectNode().put("id", id).put("method", method);
    node.set("params", parameters);
    socket.sendText(node.toString(), true).join();
    var got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got);
    }
    return got.path("result");
  }

  static ObjectNode with(String name, Object value) {
    return JSON.createObjectNode().set(name, JSON.<JsonNode>valueToTree(value));
  }

  void open(URI address) throws Exception {
    command("Page.navigate", with("url", address.toString()));
    until("document.readyState === 'complete' && location.href.startsWith('" + address + "')");
  }

  void window(int width, int height, boolean dark) throws Exception {
    command(
        "Emulation.setDeviceMetricsOverride",
        with("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    command("Emulation.setEmulatedMedia", with("features", List.of(scheme)));
  }

  /** The value of an expression, which may be a promise. */
  JsonNode value(String expression) throws Exception {
    var got =
        command(
            "Runtime.evaluate",
            with("expression", expression).put("awaitPromise", true).put("returnByValue", true));
    if (got.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + got);
    }
    return got.path("result").path("value");
  }

  String text(String expression) throws Exception {
    return value(expression).asText();
  }

  /** Waits until an expression is true. */
  void until(String expression) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!value(expression).asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            expression + " never came in " + value("document.body.innerText").asText());
      }
      Thread.sleep(20);
    }
  }

  /** Chooses files in the input that an expression names. */
  void choose(String input, List<Path> files) throws Exception {
    var object = command("Runtime.evaluate", with("expression", input));
    command(
        "DOM.setFileInputFiles",
        with("files", files.stream().map(Path::toString).toList())
            .put("objectId", object.at("/result/objectId").asText()));
  }

  void mouse(String type, double x, double y) throws Exception {
    command(
        "Input.dispatchMouseEvent",
        with("type", type).put("x", x).put("y", y).put("button", "left").put("clickCount", 1));
  }

  /** No points lift the finger. */
  void touch(String type, double... point) throws Exception {
    var points = point.length == 0 ? List.of() : List.of(Map.of("x", point[0], "y", point[1]));
    command(
        "Input.dispatchTouchEvent",
        with("type", type).set("touchPoints", JSON.valueToTree(points)));
  }

  void escape() throws Exception {
    for (var type : List.of("rawKeyDown", "keyUp")) {
      command(
          "Input.dispatchKeyEvent",
          with("type", type)
              .put("key", "Escape")
              .put("code", "Escape")
              .put("windowsVirtualKeyCode", 27));
    }
  }

  /** The whole page, or what the window shows, as a PNG. */
  void screenshot(Path file, boolean whole) throws Exception {
    var got =
        command(
            "Page.captureScreenshot", with("format", "png").put("captureBeyondViewport", whole));
    Files.write(file, Base64.getDecoder().decode(got.path("data").asText()));
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
    // They lead out of the folder, which JUnit warns of when it deletes it.
    for (var link : List.of("SingletonSocket", "SingletonCookie", "SingletonLock")) {
      Files.deleteIfExists(profile.resolve(link));
    }
  }
}
