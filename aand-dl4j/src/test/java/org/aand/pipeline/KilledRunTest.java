package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;
import org.aand.demo.product.ProductDataset;
import org.aand.report.Protocol;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.runfolder.RunFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process killed at random moments and started again gives the numbers of an undisturbed one. */
class KilledRunTest {
  private static final int KILLS = 4;

  /** Steps that a start may get through before it is killed: three epochs. */
  private static final int STEPS = 6;

  /** The exit code of what was killed by signal 9. */
  private static final int KILLED = 128 + 9;

  /** Starting and reading take about so long. */
  private static final int MILLIS = 1500;

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void fourKillsChangeNothing(Protocol protocol, @TempDir Path folder)
      throws IOException, InterruptedException {
    var data = folder.resolve("data");
    ProductDataset.write(data, TinyRun.PRODUCT);
    var undisturbed = folder.resolve("undisturbed");
    TrainRun.execute(TinyRun.request(data, protocol, undisturbed), new RunListener() {});

    var random = new RandomStreams(0).stream("kills " + protocol.key());
    int kills = 0;
    for (int round = 0; kills < KILLS; round++) {
      var run = folder.resolve("killed-" + round);
      while (kills < KILLS && !Files.exists(run)) {
        kills += killed(child(data, protocol, run), random) ? 1 : 0;
      }
      if (!Files.exists(run)) {
        var last = child(data, protocol, run);
        var said = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, last.waitFor(), said);
      }
      RunFolder.tidy(run);
      assertSame(undisturbed, run);
      assertFalse(
          names(folder).stream().anyMatch(n -> n.startsWith(".")), "nothing is left beside");
    }
  }

  private static void assertSame(Path undisturbed, Path run) throws IOException {
    var expected = result(undisturbed);
    var actual = result(run);
    assertEquals(expected.metrics(), actual.metrics());
    assertEquals(expected.images(), actual.images());
    assertEquals(expected.configuration(), actual.configuration());
    assertEquals(losses(expected), losses(actual));
    assertEquals(names(undisturbed), names(run));
  }

  /** Kills a process while it starts, reads, trains or tests; false if it was faster. */
  private static boolean killed(Process process, RandomGenerator random)
      throws IOException, InterruptedException {
    int steps = random.nextInt(STEPS);
    int millis = random.nextInt(steps == 0 ? MILLIS : 30);
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < steps; ) {
        var line = said.readLine();
        if (line == null) {
          break;
        }
        i += line.equals("read") ? 0 : 1;
      }
      Thread.sleep(millis);
      process.destroyForcibly();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      int code = process.exitValue();
      assertTrue(code == 0 || code == KILLED, "exit code " + code);
      return code == KILLED;
    }
  }

  private static Process child(Path data, Protocol protocol, Path out) throws IOException {
    return ChildJvm.start(TinyRun.class, data.toString(), protocol.key(), out.toString());
  }

  private static RunResult result(Path run) {
    return ResultJson.read(run.resolve(RunFolder.RESULT));
  }

  private static List<String> losses(RunResult result) {
    return result.stages().stream()
        .flatMap(s -> s.epochs().stream().map(e -> s.name() + e.epoch() + e.losses()))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
