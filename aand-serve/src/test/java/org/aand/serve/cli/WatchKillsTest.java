package org.aand.serve.cli;

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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aand.api.AnomalyDetector;
import org.aand.serve.sink.RowFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in a JVM of its own that is killed at random moments while images arrive: each image
 * is in each file once, at the webhook at least once, and moved by its verdict.
 *
 * <p>{@code -Daand.watch.kills=20} kills more often than the build does; see {@link WatchedFolder}
 * for other images and models.
 */
@Timeout(900)
class WatchKillsTest {
  private static final int KILLS = Integer.getInteger("aand.watch.kills", 2);
  private static final int IMAGES_PER_KILL = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WatchedFolder folder;
  private final Map<String, Integer> posted = new ConcurrentSkipListMap<>();
  private final HttpServer server;

  WatchKillsTest(@TempDir Path folder) throws IOException {
    this.folder = WatchedFolder.in(folder);
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
    folder.close();
  }

  private Process watch(String... more) throws IOException {
    return folder.start(
        Stream.concat(
            Stream.of(
                "watch",
                folder.watched().toString(),
                "--model=" + folder.model(),
                "--jsonl=" + folder.beside("r.jsonl"),
                "--csv=" + folder.beside("r.csv"),
                "--rotate=2k",
                "--webhook=http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "--move=" + folder.beside("done"),
                "--quiet=50ms",
                "--interval=20ms"),
            Stream.of(more)));
  }

  @Test
  void noImageIsLostAndNoneIsInAFileTwice() throws Exception {
    var random = new Random(17);
    var images = folder.images();
    var expected = new TreeMap<String, byte[]>();
    for (int kill = 0; kill < KILLS; kill++) {
      long lines = folder.logged();
      var process = watch();
      for (int i = 0; i < IMAGES_PER_KILL; i++) {
        var name = "day" + kill % 3 + "/part \"" + expected.size() + "\", ü.png";
        var image = Files.readAllBytes(images.get(expected.size() % images.size()));
        expected.put(name, image);
        var file = folder.watched().resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, image);
      }
      // In the midst of the work, not of the start: from the first results on.
      int results = random.nextInt(IMAGES_PER_KILL) + 1;
      while (folder.logged() < lines + results) {
        assertTrue(process.isAlive(), folder.log());
        Thread.sleep(2);
      }
      Thread.sleep(random.nextInt(60));
      process.destroyForcibly().waitFor();
    }
    var last = watch("--once");
    assertTrue(last.waitFor(300, TimeUnit.SECONDS), "does not end");
    assertEquals(0, last.exitValue(), folder.log());
    agreeWith(expected);
  }

  private void agreeWith(Map<String, byte[]> expected) throws IOException {
    var rows = new ArrayList<String>();
    var scores = new TreeMap<String, Float>();
    for (var row : folder.rows("r", ".jsonl", RowFormat.JSON_LINES)) {
      var result = JSON.readTree(row);
      rows.add(result.path("file").asText());
      scores.put(result.path("file").asText(), result.path("score").floatValue());
    }
    assertEquals(List.copyOf(expected.keySet()), rows.stream().sorted().toList());
    var csv = folder.rows("r", ".csv", RowFormat.CSV);
    assertEquals(expected.size(), csv.size());
    assertEquals(expected.size(), csv.stream().map(row -> row.split(",", 2)[0]).distinct().count());
    assertEquals(expected.keySet(), posted.keySet());
    var done = folder.folder().resolve("done");
    try (var detector = AnomalyDetector.load(folder.model())) {
      for (var entry : expected.entrySet()) {
        var found = detector.detect(entry.getValue());
        assertEquals(found.score(), scores.get(entry.getKey()));
        var moved = Files.readAllBytes(done.resolve(found.verdict().key()).resolve(entry.getKey()));
        assertEquals(-1, Arrays.mismatch(moved, entry.getValue()), entry.getKey());
      }
    }
    assertEquals(List.of(), WatchedFolder.files(folder.watched()));
    assertEquals(expected.size(), WatchedFolder.files(done).size());
    System.out.printf(
        "%d kills, %d images, %d posts%n",
        KILLS, expected.size(), posted.values().stream().mapToInt(n -> n).sum());
  }
}
