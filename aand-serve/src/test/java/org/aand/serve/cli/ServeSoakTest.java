package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command with three models in a JVM of its own under eight clients that never pause, while two
 * of the models are replaced: no request fails, and memory does not grow.
 *
 * <p>{@code -Daand.soak.seconds=300} goes on for longer than the build does; {@code
 * -Daand.soak.model=RUN} and {@code -Daand.soak.images=DIR} take another model and other images.
 */
@Timeout(1200)
class ServeSoakTest {
  private static final int SECONDS = Integer.getInteger("aand.soak.seconds", 4);
  private static final int CLIENTS = 8;
  private static final List<String> NAMES = List.of("bolt", "cap", "nut");
  private static final Pattern ADDRESS = Pattern.compile("at (http://[^ ]+/)");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
  private static final Pattern RESIDENT =
      Pattern.compile("process_resident_memory_bytes ([0-9.E]+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  /** Memory in use after a collection, and of the process. */
  private record Memory(double heapMegabytes, double residentMegabytes) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "heap %.0f MB, resident %.0f MB", heapMegabytes, residentMegabytes);
    }
  }

  @Test
  void noRequestFailsAndMemoryDoesNotGrow() throws Exception {
    for (var name : NAMES) {
      put(name);
    }
    var process = serve();
    try {
      var address = address(process);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      var clients = new ArrayList<Thread>();
      var images = images();
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        clients.add(new Thread(() -> ask(address, images, first, end)));
      }
      clients.forEach(Thread::start);
      Thread.sleep(1000L * Math.min(60, SECONDS / 4));
      var early = memory(process, address);
      for (var name : NAMES.subList(0, 2)) {
        Thread.sleep(1000L * SECONDS / 4);
        put(name);
      }
      for (var thread : clients) {
        thread.join();
      }
      for (var name : NAMES.subList(0, 2)) {
        awaitReload(address, name);
      }
      var late = memory(process, address);
      report(early, late);
      assertEquals(Map.of(), failures);
      assertTrue(
          late.heapMegabytes < 1.5 * early.heapMegabytes + 16, early + ", at the end " + late);
    } finally {
      process.destroy();
      process.waitFor();
    }
    assertEquals(0, process.exitValue(), "a graceful stop");
  }

  private void report(Memory early, Memory late) {
    var sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%d s, %d clients, %d models, 2 reloads: %d answers (%.1f/s), %d errors%n"
            + "latency p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, most %.0f ms%n"
            + "after %d s: %s%nat the end: %s%n",
        SECONDS,
        CLIENTS,
        NAMES.size(),
        sorted.length,
        sorted.length / (double) SECONDS,
        failures.values().stream().mapToInt(n -> n).sum(),
        quantile(sorted, 0.5),
        quantile(sorted, 0.95),
        quantile(sorted, 0.99),
        quantile(sorted, 1),
        Math.min(60, SECONDS / 4),
        early,
        late);
  }

  private static double quantile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
  }

  private Path file(String name) {
    return folder.resolve(name + ".aand");
  }

  /** Appears at once, as a copy that is renamed does. */
  private void put(String name) throws IOException {
    var other = System.getProperty("aand.soak.model");
    var next = folder.resolve("next");
    if (other == null) {
      TinyModelFile.write(next, SampleImages.draw(6, 40, 30));
    } else {
      Files.copy(Path.of(other), next);
    }
    Files.move(
        next, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<byte[]> images() throws IOException {
    var other = System.getProperty("aand.soak.images");
    if (other == null) {
      return SampleImages.draw(8, 40, 30).stream().map(SampleImages::png).toList();
    }
    var images = new ArrayList<byte[]>();
    try (var files = Files.walk(Path.of(other))) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        images.add(Files.readAllBytes(file));
      }
    }
    return images;
  }

  private Process serve() throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Daand.relaunch=false",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path")));
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.add(1, "--add-modules=jdk.incubator.vector");
    }
    command.addAll(
        List.of(Main.class.getName(), "serve", "--port=0", "--reviews=" + folder.resolve("r")));
    NAMES.forEach(name -> command.add("--model=" + name + "=" + file(name)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private String address(Process process) throws IOException, InterruptedException {
    while (true) {
      var log = Files.readString(folder.resolve("log"));
      var found = ADDRESS.matcher(log);
      if (found.find()) {
        return found.group(1);
      }
      assertTrue(process.isAlive(), log);
      Thread.sleep(20);
    }
  }

  private void ask(String address, List<byte[]> images, int first, long end) {
    for (int i = first; System.nanoTime() < end; i++) {
      var model = NAMES.get(i % NAMES.size());
      long start = System.nanoTime();
      try {
        var answer =
            client.send(
                HttpRequest.newBuilder(URI.create(address + "models/" + model + "/detect"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(images.get(i % images.size())))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        nanos.add(System.nanoTime() - start);
        if (answer.statusCode() != 200) {
          failures.merge(answer.statusCode() + " " + answer.body(), 1, Integer::sum);
        }
      } catch (IOException | InterruptedException e) {
        failures.merge(String.valueOf(e), 1, Integer::sum);
      }
    }
  }

  private void awaitReload(String address, String name) throws IOException, InterruptedException {
    while (JSON.readTree(get(address + "models/" + name)).path("reloads").asInt() < 1) {
      Thread.sleep(100);
    }
  }

  private String get(String address) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Memory memory(Process process, String address) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    var used = HEAP.matcher(jcmd(process, "GC.heap_info"));
    assertTrue(used.find(), "no heap in use");
    var resident = RESIDENT.matcher(get(address + "metrics"));
    return new Memory(
        Double.parseDouble(used.group(1)) / 1024,
        resident.find() ? Double.parseDouble(resident.group(1)) / (1 << 20) : Double.NaN);
  }

  private static String jcmd(Process process, String command)
      throws IOException, InterruptedException {
    var jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                command)
            .redirectErrorStream(true)
            .start();
    var said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jcmd.waitFor(), said);
    return said;
  }
}
