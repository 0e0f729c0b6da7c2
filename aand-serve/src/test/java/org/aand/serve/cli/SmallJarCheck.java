package org.aand.serve.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.mqtt.Mosquitto;
import org.aand.serve.sink.mqtt.Subscriber;
import org.aand.serve.sink.opcua.TestClient;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The small jar by itself in an empty folder; run by the build when it has made the jar. */
@EnabledIfSystemProperty(named = "aand.small.jar", matches = ".+")
@Timeout(400)
class SmallJarCheck {
  private static final Path JAR = Path.of(System.getProperty("aand.small.jar", ""));
  private static final long MOST_BYTES = 25_000_000;
  private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)(\\..*)?");
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+/");

  private final Path folder;

  SmallJarCheck(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void copy() throws IOException {
    Files.copy(JAR, folder.resolve("aand-small.jar"));
    TinyModelFile.write(folder.resolve("model.aand"));
    var parts = Files.createDirectory(folder.resolve("parts"));
    for (int i = 0; i < 3; i++) {
      var image = SampleImages.draw(3, 80, 60).get(i);
      Files.write(parts.resolve("part" + i + ".png"), SampleImages.png(image));
    }
  }

  private record Said(int exitCode, String out, String err) {}

  private Process start(List<String> options, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", "aand-small.jar"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private Said run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    var process = start(options, arguments);
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  @Test
  void isSmallAndHasNothingNative() throws IOException {
    long bytes = Files.size(JAR);
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes");
    try (var jar = new JarFile(JAR.toFile())) {
      assertEquals(
          List.of(),
          jar.stream().map(e -> e.getName()).filter(n -> NATIVE.matcher(n).matches()).toList());
    }
  }

  @Test
  void predictsTheSameWithAndWithoutAnotherJvm() throws Exception {
    String[] predict = {
      "predict", "--model", "model.aand", "parts", "--csv", "-", "--threshold", "0"
    };
    var again = run(List.of(), predict);
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(4, again.out().lines().count(), again.out());
    assertTrue(again.err().contains("3 anomalous"), again.err());
    assertFalse(again.err().contains("faster"), again.err());
    var here = run(List.of("--add-modules", "jdk.incubator.vector"), predict);
    assertEquals(again.out(), here.out());
    var plain = run(List.of("-Daand.relaunch=false"), predict);
    assertEquals(0, plain.exitCode(), plain.err());
    assertTrue(plain.err().contains("--add-modules jdk.incubator.vector"), plain.err());
  }

  @Test
  void exitCodesAndErrorsComeThrough() throws Exception {
    var anomalous =
        run(
            List.of(),
            "predict",
            "--model",
            "model.aand",
            "parts",
            "--threshold=0",
            "--fail-on-anomaly");
    assertEquals(3, anomalous.exitCode(), anomalous.err());
    var nowhere = run(List.of(), "predict", "--model", "nowhere", "parts");
    assertEquals(1, nowhere.exitCode());
    assertTrue(nowhere.err().contains("aand: there is no model file nowhere"), nowhere.err());
    var version = run(List.of(), "--version");
    assertEquals("aand ", version.out().substring(0, 5));
    assertFalse(version.out().contains("$"), version.out());
  }

  @Test
  void calibrateInspectAndServeWork() throws Exception {
    var calibrated = run(List.of(), "calibrate", "--model", "model.aand", "--data", "parts");
    assertEquals(0, calibrated.exitCode(), calibrated.err());
    var inspected = run(List.of(), "inspect", "model.aand");
    assertTrue(inspected.out().contains("3 images of"), inspected.out());

    var service = start(List.of(), "serve", "--model", "model.aand", "--port", "0");
    var out = service.inputReader(UTF_8);
    var address = address(out);
    var request =
        HttpRequest.newBuilder(address.resolve("detect"))
            .POST(BodyPublishers.ofFile(folder.resolve("parts/part0.png")))
            .build();
    var client = HttpClient.newHttpClient();
    assertTrue(client.send(request, BodyHandlers.ofString()).body().contains("\"score\""));
    // A signal to the process that was started ends the one that serves.
    var serving = service.children().findFirst().orElseThrow();
    service.destroy();
    assertTrue(service.waitFor(90, TimeUnit.SECONDS), "still runs");
    serving.onExit().get(90, TimeUnit.SECONDS);
    assertThrows(ConnectException.class, () -> client.send(request, BodyHandlers.ofString()));
  }

  /** The libraries of both find all that they need in the jar, which has not all of them. */
  @Test
  void aServiceTellsTheBrokerAndOpcUaClients() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (var broker = Mosquitto.start(folder, "allow_anonymous true");
        var subscriber = new Subscriber(broker.port(), "aand/+/results")) {
      var service =
          start(
              List.of(),
              "serve",
              "--model=line3=model.aand",
              "--port=0",
              "--state=state",
              "--mqtt=mqtt://127.0.0.1:" + broker.port(),
              "--opcua=" + port,
              "--opcua-certificates=pki",
              "--opcua-anonymous");
      var address = address(service.inputReader(UTF_8));
      var request =
          HttpRequest.newBuilder(address.resolve("detect"))
              .POST(BodyPublishers.ofFile(folder.resolve("parts/part0.png")))
              .build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      var message = Subscriber.text(subscriber.await(1).get(0));
      assertTrue(message.contains("\"model\":\"line3\""), message);
      var server = "opc.tcp://localhost:" + port + "/aand";
      try (var client =
          TestClient.trusted(server, folder.resolve("pki"), MessageSecurityMode.SignAndEncrypt)) {
        assertEquals(
            message, client.value("VisionSystem/ResultManagement/LastResult/ResultContent"));
      }
      service.destroy();
      assertTrue(service.waitFor(90, TimeUnit.SECONDS), "still runs");
      assertEquals("", Files.readString(folder.resolve("err")).replaceAll("WARNING: .*\n", ""));
    }
  }

  @Test
  void aWatchEndsWellWhenItIsAskedToAndGoesOnWhereItStopped() throws Exception {
    String[] watch = {
      "watch", "parts", "--model=model.aand", "--threshold=0", "--csv=r.csv", "--move=done"
    };
    var first = start(List.of(), watch);
    var out = first.inputReader(UTF_8);
    for (int i = 0; i < 3; i++) {
      assertTrue(String.valueOf(out.readLine()).endsWith("anomalous"));
    }
    first.destroy();
    assertTrue(first.waitFor(90, TimeUnit.SECONDS), "still runs");
    assertEquals(0, first.exitValue(), Files.readString(folder.resolve("err")));
    assertEquals(4, Files.readAllLines(folder.resolve("r.csv")).size());
    Files.copy(folder.resolve("done/anomalous/part0.png"), folder.resolve("parts/again.png"));
    var second =
        start(
            List.of(), Stream.concat(Stream.of(watch), Stream.of("--once")).toArray(String[]::new));
    assertEquals(1, second.inputReader(UTF_8).lines().count());
    assertEquals(0, second.waitFor());
    assertEquals(5, Files.readAllLines(folder.resolve("r.csv")).size());
  }

  @Test
  void theServiceEndsWithTheProcessThatWasStartedEvenIfThatIsKilled() throws Exception {
    var service = start(List.of(), "serve", "--model", "model.aand", "--port", "0");
    address(service.inputReader(UTF_8));
    var children = service.children().toList();
    assertEquals(1, children.size());
    service.destroyForcibly();
    children.get(0).onExit().get(90, TimeUnit.SECONDS);
  }

  private static URI address(BufferedReader out) throws IOException {
    var line = String.valueOf(out.readLine());
    var match = ADDRESS.matcher(line);
    assertTrue(match.find(), line);
    return URI.create(match.group());
  }
}
