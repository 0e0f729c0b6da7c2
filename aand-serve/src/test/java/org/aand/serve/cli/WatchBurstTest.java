package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many images appear at once, and the command decides on each once with a heap that holds the model
 * and little more; {@code -Daand.watch.burst=3000} takes more of them than the build.
 */
@Timeout(900)
class WatchBurstTest {
  private static final int IMAGES = Integer.getInteger("aand.watch.burst", 200);
  private static final int HEAP_MEGABYTES = 192;

  @TempDir private Path folder = Path.of("");

  @Test
  void eachImageOfABurstIsDecidedOnce() throws Exception {
    var model = TinyModelFile.write(folder.resolve("model.aand"), SampleImages.draw(6, 40, 30));
    var images = SampleImages.draw(16, 24, 16).stream().map(SampleImages::png).toList();
    var day = Files.createDirectories(folder.resolve("outside/day"));
    var names = new TreeSet<String>();
    for (int i = 0; i < IMAGES; i++) {
      Files.write(day.resolve(i + ".png"), images.get(i % images.size()));
      names.add("day/" + i + ".png");
    }
    var in = Files.createDirectory(folder.resolve("in"));
    Files.move(day, in.resolve("day"));
    long start = System.nanoTime();
    var watch = watch(in, model);
    assertTrue(watch.waitFor(600, TimeUnit.SECONDS), "does not end");
    double seconds = (System.nanoTime() - start) / 1e9;
    assertEquals(0, watch.exitValue(), Files.readString(folder.resolve("log")));
    var files = new ArrayList<String>();
    var ids = new TreeSet<String>();
    var json = new ObjectMapper();
    for (var line : Files.readAllLines(folder.resolve("r.jsonl"))) {
      var result = json.readTree(line);
      files.add(result.path("file").asText());
      ids.add(result.path("id").asText());
    }
    assertEquals(List.copyOf(names), files.stream().sorted().toList());
    assertEquals(IMAGES, ids.size());
    assertEquals(0, count(in));
    assertEquals(IMAGES, count(folder.resolve("done")));
    System.out.printf(
        "%d images at once: %.1f s with a heap of %d MB%n", IMAGES, seconds, HEAP_MEGABYTES);
  }

  private Process watch(Path in, Path model) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-Daand.relaunch=false",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "watch",
            in.toString(),
            "--once",
            "--model=" + model,
            "--jsonl=" + folder.resolve("r.jsonl"),
            "--move=" + folder.resolve("done"),
            "--quiet=50ms",
            "--interval=20ms")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static long count(Path below) throws IOException {
    try (var files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
