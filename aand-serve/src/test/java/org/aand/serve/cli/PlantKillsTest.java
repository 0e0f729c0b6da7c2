package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.serve.sink.RowFormat;
import org.aand.serve.sink.mqtt.Mosquitto;
import org.aand.serve.sink.mqtt.Subscriber;
import org.aand.serve.sink.opcua.LastResultReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line with everything at once: a camera that writes files at random times and in several ways, a
 * watch that is killed at random moments, a broker that is away for a time, its subscriber, an OPC
 * UA client. Journal, files, subscriber and client agree with {@code predict} on every image.
 *
 * <p>{@code -Daand.watch.kills=20} takes minutes instead of seconds, at a plant's pace and with the
 * command's own times; see {@link WatchedFolder} for other images and models.
 */
@Timeout(1800)
class PlantKillsTest {
  private static final int KILLS = Integer.getInteger("aand.watch.kills", 1);
  private static final int IMAGES = 13 * KILLS;
  private static final Pace PACE = KILLS > 3 ? Pace.OF_A_PLANT : Pace.OF_A_BUILD;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WatchedFolder folder;
  private final ExecutorService others = Executors.newCachedThreadPool();
  private int killedEarly;
  private int killedAtWork;

  /**
   * Most milliseconds between two images, two parts of a file, and start and kill; milliseconds of
   * the broker's absence.
   */
  private record Pace(int gap, int slow, int life, int away, List<String> options) {
    static final Pace OF_A_PLANT = new Pace(1000, 2500, 15_000, 60_000, List.of());
    static final Pace OF_A_BUILD =
        new Pace(150, 300, 4000, 1000, List.of("--quiet=100ms", "--interval=50ms"));
  }

  PlantKillsTest(@TempDir Path folder) throws IOException {
    this.folder = WatchedFolder.in(folder);
  }

  @AfterEach
  void end() {
    others.shutdownNow();
    folder.close();
  }

  private Process watch(int broker, int opcua) throws IOException {
    return folder.start(
        Stream.concat(
            Stream.of(
                "watch",
                folder.watched().toString(),
                "--model=" + folder.model(),
                "--jsonl=" + folder.beside("r.jsonl"),
                "--csv=" + folder.beside("r.csv"),
                "--rotate=20k",
                "--mqtt=mqtt://127.0.0.1:" + broker,
                "--mqtt-client=line",
                "--opcua=" + opcua,
                "--opcua-anonymous",
                "--opcua-insecure",
                "--opcua-certificates=" + folder.beside("opcua")),
            PACE.options().stream()));
  }

  @Test
  void everySinkAgreesWithPredictAfterKills() throws Exception {
    int opcua = freePort();
    long start = System.nanoTime();
    var brokerFolder = Files.createDirectory(folder.folder().resolve("broker"));
    try (var broker = Mosquitto.start(brokerFolder, "allow_anonymous true");
        var subscriber = new Subscriber(broker.port(), "aand/+/results");
        var reader = LastResultReader.start("opc.tcp://localhost:" + opcua + "/aand")) {
      var camera =
          new Camera(folder.watched(), folder.images(), PACE.gap(), PACE.slow(), new Random(17));
      var taken = others.submit(() -> camera.take(IMAGES));
      kill(broker, opcua);
      long before = folder.watching();
      var last = watch(broker.port(), opcua);
      // All may have been done by those before it, and until then a signal ends it as any JVM.
      await(() -> folder.watching() > before);
      int images = taken.get().size();
      await(() -> idsOf(subscriber).size() >= images);
      var rows = folder.rows("r", ".jsonl", RowFormat.JSON_LINES);
      await(() -> reader.seen().containsKey(id(rows.get(rows.size() - 1))));
      last.destroy();
      assertTrue(last.waitFor(60, TimeUnit.SECONDS), "does not end");
      assertEquals(0, last.exitValue(), folder.log());
      agree(taken.get(), subscriber, reader.seen(), (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * Starts watches and kills each of them, by turns some time after a random number of results and
   * at a random time after the start; in the midst of one the broker goes, and returns later.
   */
  private void kill(Mosquitto broker, int opcua) throws Exception {
    var random = new Random(18);
    Future<?> away = others.submit(() -> {});
    for (int kill = 0; kill < KILLS; kill++) {
      long before = folder.logged();
      var process = watch(broker.port(), opcua);
      if (kill % 2 == 0) {
        int results = 1 + random.nextInt(6);
        await(() -> folder.logged() >= before + results || journal().results().size() == IMAGES);
      }
      int life = random.nextInt(kill % 2 == 0 ? PACE.gap() : PACE.life());
      Thread.sleep(life / 2);
      if (kill == KILLS / 3) {
        broker.stop();
        away =
            others.submit(
                () -> {
                  Thread.sleep(PACE.away());
                  broker.startAgain();
                  return true;
                });
      }
      Thread.sleep(life / 2);
      assertTrue(process.isAlive(), folder.log());
      process.destroyForcibly().waitFor();
      killedEarly += folder.logged() == before ? 1 : 0;
      killedAtWork += journal().finished() ? 0 : 1;
    }
    away.get();
  }

  private void await(Callable<Boolean> done) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(300);
    while (!done.call()) {
      assertTrue(System.nanoTime() < end, folder.log());
      Thread.sleep(20);
    }
  }

  private static String id(String row) {
    return read(row).path("id").asText();
  }

  private static ObjectNode read(String row) {
    try {
      return (ObjectNode) JSON.readTree(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> idsOf(Subscriber subscriber) {
    return subscriber.messages().stream()
        .map(message -> id(Subscriber.text(message)))
        .collect(Collectors.toSet());
  }

  /** The results in the journal, each with its id, and the ids of those that are everywhere. */
  private record Decisions(Map<String, JsonNode> results, Set<String> everywhere) {
    boolean finished() {
      return results.keySet().equals(everywhere);
    }
  }

  private Decisions journal() throws IOException {
    var decisions = new Decisions(new HashMap<>(), new HashSet<>());
    var file = folder.folder().resolve(".in.watch/journal.jsonl");
    if (Files.exists(file)) {
      RowFormat.JSON_LINES.read(file, line -> add(read(line), decisions));
    }
    return decisions;
  }

  private static void add(JsonNode line, Decisions to) {
    if (line.has("finished")) {
      to.everywhere().add(line.path("finished").asText());
    } else {
      var result = line.path("result");
      var before = to.results().put(result.path("id").asText(), result);
      assertTrue(before == null, "decided twice: " + result);
    }
  }

  private void agree(
      Map<String, Path> taken,
      Subscriber subscriber,
      Map<String, LastResultReader.Seen> seen,
      long seconds)
      throws Exception {
    var rows = folder.rows("r", ".jsonl", RowFormat.JSON_LINES);
    var byId = rows.stream().collect(Collectors.toMap(PlantKillsTest::id, Function.identity()));
    var files = rows.stream().map(row -> read(row).path("file").asText()).sorted().toList();
    assertEquals(List.copyOf(taken.keySet()), files);
    agreeWithPredict(taken, rows);

    var journal = journal();
    assertTrue(journal.finished(), "something is not finished");
    assertEquals(byId.keySet(), journal.results().keySet());
    journal.results().forEach((id, result) -> assertEquals(byId.get(id), result.toString()));

    assertEquals(byId.keySet(), idsOf(subscriber));
    var messages = subscriber.messages().stream().map(Subscriber::text).toList();
    messages.forEach(message -> assertEquals(byId.get(id(message)), message));

    seen.forEach(
        (id, values) -> {
          assertEquals(byId.get(id), values.content());
          var row = read(String.valueOf(values.content()));
          assertEquals(row.path("score").doubleValue(), values.score());
          assertEquals(row.path("verdict").asText(), values.verdict());
        });
    for (var image : taken.entrySet()) {
      var now = Files.readAllBytes(folder.watched().resolve(image.getKey()));
      assertEquals(-1, Arrays.mismatch(now, Files.readAllBytes(image.getValue())));
    }
    System.out.printf(
        "%d images in %d s, half of them written slowly; the broker away for %d s%n"
            + "%d kills, %d before the first result, %d while a result was not everywhere%n"
            + "as predict says: %d in the journal, %d in JSON lines and CSV, %d at the subscriber"
            + " (in %d messages), %d seen by the OPC UA client, the last one too%n",
        taken.size(),
        seconds,
        PACE.away() / 1000,
        KILLS,
        killedEarly,
        killedAtWork,
        journal.results().size(),
        rows.size(),
        byId.size(),
        messages.size(),
        seen.size());
  }

  /** What the command says on the camera's images is what predict says on the same ones. */
  private void agreeWithPredict(Map<String, Path> taken, List<String> rows) throws Exception {
    var predict =
        folder.start(
            Stream.concat(
                Stream.of(
                    "predict",
                    "--model=" + folder.model(),
                    "--json=" + folder.beside("predicted.jsonl"),
                    "--csv=" + folder.beside("predicted.csv")),
                folder.images().stream().map(Path::toString)));
    assertEquals(0, predict.waitFor(), folder.log());
    var predicted = new TreeMap<String, JsonNode>();
    for (var row : folder.rows("predicted", ".jsonl", RowFormat.JSON_LINES)) {
      predicted.put(read(row).path("file").asText(), read(row).without("file"));
    }
    for (var row : rows) {
      var image = String.valueOf(taken.get(read(row).path("file").asText()));
      var found = read(row).without(List.of("id", "time", "model", "file", "drift"));
      assertEquals(predicted.get(image), found);
    }
    var columns = new TreeMap<String, String>();
    for (var row : folder.rows("predicted", ".csv", RowFormat.CSV)) {
      columns.put(row.split(",", 2)[0], row.split(",", 2)[1]);
    }
    var csv = folder.rows("r", ".csv", RowFormat.CSV);
    assertEquals(
        rows.stream().map(PlantKillsTest::id).toList(),
        csv.stream().map(row -> row.split(",", 2)[0]).toList());
    for (var row : csv) {
      var fields = row.split(",", 5);
      assertEquals(columns.get(String.valueOf(taken.get(fields[3]))), fields[4]);
    }
  }
}
