package org.aand.serve.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a JVM of its own that is killed at random moments while images arrive: each image
 * is in each file once, at the webhook at least once, and moved by its verdict.
 *
 * <p>{@code -Daand.watch.kills=20} kills more often than the build does; {@code
 * -Daand.watch.images=DIR} and {@code -Daand.watch.model=RUN} take other images and another model.
 */
@Timeout(900)
class WatchKillsTest {
  private static final int KILLS = Integer.getInteger("aand.watch.kills", 3);
  private static final String VECTORS = "jdk.incubator.vector";
  private static final int IMAGES_PER_KILL = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path in;
  private final Map<String, Integer> posted = new ConcurrentSkipListMap<>();
  private final HttpServer server;

  WatchKillsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    in = Files.createDirectory(folder.resolve("in"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void receive() {
    server.createContext(
        "/",
        exchange -> {
          var result = JSON.readTree(exchange.getRequestBody().readAllBytes());
          posted.merge(result.path("file").asText(), 1, Integer::sum);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Path model() {
    var other = System.getProperty("aand.watch.model");
    return other != null
        ? Path.of(other)
        : TinyModelFile.write(folder.resolve("model.aand"), SampleImages.draw(6, 40, 30));
  }

  private List<byte[]> images() throws IOException {
    var other = System.getProperty("aand.watch.images");
    if (other == null) {
      return SampleImages.draw(8, 40, 30).stream().map(SampleImages::png).toList();
    }
    var images = new ArrayList<byte[]>();
    try (var files = Files.walk(Path.of(other))) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        images.add(Files.readAllBytes(file));
      }
    }
    return images;
  }

  private Process watch(Path model, String... more) throws IOException {
    var command =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // Another kernel would change a score's last digit.
            "--add-modules=" + (hasVectors() ? VECTORS : "java.base"),
            "-Xmx512m",
            "-Daand.relaunch=false",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "watch",
            in.toString(),
            "--model=" + model,
            "--jsonl=" + folder.resolve("r.jsonl"),
            "--csv=" + folder.resolve("r.csv"),
            "--rotate=2k",
            "--webhook=http://127.0.0.1:" + server.getAddress().getPort() + "/",
            "--move=" + folder.resolve("done"),
            "--quiet=50ms",
            "--interval=20ms");
    return new ProcessBuilder(Stream.concat(command, Stream.of(more)).toList())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  @Test
  void noImageIsLostAndNoneIsInAFileTwice() throws Exception {
    var random = new Random(17);
    var model = model();
    var images = images();
    var expected = new TreeMap<String, byte[]>();
    for (int kill = 0; kill < KILLS; kill++) {
      long lines = logged();
      var process = watch(model);
      for (int i = 0; i < IMAGES_PER_KILL; i++) {
        var name = "day" + kill % 3 + "/part \"" + expected.size() + "\", ü.png";
        var image = images.get(expected.size() % images.size());
        expected.put(name, image);
        var file = in.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, image);
      }
      // In the midst of the work, not of the start: from the first results on.
      int results = random.nextInt(IMAGES_PER_KILL) + 1;
      while (logged() < lines + results) {
        assertTrue(process.isAlive(), log());
        Thread.sleep(2);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    var last = watch(model, "--once");
    assertTrue(last.waitFor(300, TimeUnit.SECONDS), "does not end");
    assertEquals(0, last.exitValue(), log());
    agreeWith(expected, model);
  }

  private static boolean hasVectors() {
    return ModuleLayer.boot().findModule(VECTORS).isPresent();
  }

  private long logged() throws IOException {
    return log()
        .lines()
        .filter(line -> line.contains("anomalous") || line.contains("normal"))
        .count();
  }

  private String log() throws IOException {
    var log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private void agreeWith(Map<String, byte[]> expected, Path model) throws IOException {
    var rows = new ArrayList<String>();
    var scores = new TreeMap<String, Float>();
    for (var row : lines("r", ".jsonl")) {
      var result = JSON.readTree(row);
      rows.add(result.path("file").asText());
      scores.put(result.path("file").asText(), result.path("score").floatValue());
    }
    assertEquals(List.copyOf(expected.keySet()), rows.stream().sorted().toList());
    var csv = lines("r", ".csv");
    csv.removeIf(line -> line.startsWith("id,"));
    assertEquals(expected.size(), csv.size());
    assertEquals(expected.size(), csv.stream().map(row -> row.split(",", 2)[0]).distinct().count());
    assertEquals(expected.keySet(), posted.keySet());
    try (var detector = AnomalyDetector.load(model)) {
      for (var entry : expected.entrySet()) {
        var found = detector.detect(entry.getValue());
        assertEquals(found.score(), scores.get(entry.getKey()));
        var moved = folder.resolve("done").resolve(found.verdict().key()).resolve(entry.getKey());
        assertEquals(-1, mismatch(moved, entry.getValue()), entry.getKey());
      }
    }
    assertEquals(Set.of(), files(in));
    assertEquals(expected.size(), files(folder.resolve("done")).size());
    System.out.printf(
        "%d kills, %d images, %d posts%n",
        KILLS, expected.size(), posted.values().stream().mapToInt(n -> n).sum());
  }

  private static long mismatch(Path file, byte[] content) throws IOException {
    return Arrays.mismatch(Files.readAllBytes(file), content);
  }

  /** The lines of a file and of those that were renamed, in the order of their names. */
  private List<String> lines(String stem, String type) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      for (var file :
          files
              .filter(path -> path.getFileName().toString().startsWith(stem + "."))
              .filter(path -> path.toString().endsWith(type))
              .sorted()
              .toList()) {
        lines.addAll(Files.readAllLines(file, UTF_8));
      }
    }
    return lines;
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
