package org.aand.run;

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
import org.aand.io.product.ProductDataset;
import org.aand.io.random.RandomStreams;
import org.aand.report.Protocol;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process killed at random moments and started again gives the numbers of an undisturbed one. */
class KilledRunTest {
  private static final int KILLS = 7;

  /** Steps and pictures that a start may get through before it is killed: two epochs or so. */
  private static final int MOMENTS = 22;

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void sevenKillsChangeNothing(Protocol protocol, @TempDir Path folder)
      throws IOException, InterruptedException {
    var data = folder.resolve("data");
    ProductDataset.write(data, TinyRun.PRODUCT);
    var undisturbed = folder.resolve("undisturbed");
    TrainRun.execute(TinyRun.request(data, protocol, undisturbed), new RunListener() {});

    var killed = folder.resolve("killed");
    var random = new RandomStreams(protocol.ordinal()).stream("kills");
    for (int kill = 0; kill < KILLS; kill++) {
      killAtRandom(child(data, protocol, killed), random);
      assertFalse(Files.exists(killed), "finished before kill " + kill);
    }
    var last = child(data, protocol, killed);
    var said = new String(last.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, last.waitFor(), said);

    var expected = result(undisturbed);
    var actual = result(killed);
    assertEquals(expected.metrics(), actual.metrics());
    assertEquals(expected.images(), actual.images());
    assertEquals(expected.configuration(), actual.configuration());
    assertEquals(losses(expected), losses(actual));
    assertEquals(names(undisturbed), names(killed));
    assertEquals(List.of("data", "killed", "undisturbed"), names(folder));
  }

  private static void killAtRandom(Process process, RandomGenerator random)
      throws IOException, InterruptedException {
    int lines = random.nextInt(MOMENTS);
    int millis = random.nextInt(20);
    try (var said = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines && said.readLine() != null; i++) {}
      Thread.sleep(millis);
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
  }

  private static Process child(Path data, Protocol protocol, Path out) throws IOException {
    return ChildJvm.start(
        TinyRun.class, data.toString(), ProtocolNames.of(protocol), out.toString());
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
