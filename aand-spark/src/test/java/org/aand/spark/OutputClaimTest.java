package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aand.common.InputException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One program at a time writes to an output, and a dead one keeps nobody from it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutputClaimTest {
  private static final OutputClaim.Terms TERMS =
      new OutputClaim.Terms(Duration.ofMillis(100), Duration.ofMillis(1000));

  @TempDir private Path folder = Path.of("");
  private final List<String> waited = new ArrayList<>();

  private OutputClaim.Vacancy vacancy() throws IOException {
    return OutputClaim.requireFree(folder.toString(), new Configuration(), TERMS, waited::add);
  }

  private Path file() {
    return folder.resolve("_aand/claim.json");
  }

  @Test
  void aSecondIsRefusedAsLongAsTheFirstLives() throws IOException {
    try (var first = vacancy().take(() -> {})) {
      var refusal = assertThrows(InputException.class, this::vacancy);
      var process = "process " + ProcessHandle.current().pid() + " on ";
      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith("another program writes to the output " + folder + " (" + process),
          refusal.getMessage());
      assertTrue(waited.get(0).contains(process), waited.get(0));
      first.requireHeld();
    }
    assertFalse(Files.exists(file()));
    try (var second = vacancy().take(() -> {})) {
      second.requireHeld();
    }
    assertEquals(1, waited.size(), "what was given back is not waited for: " + waited);
  }

  /** As a machine that lost its power leaves it, in the middle of writing or not. */
  @Test
  void whatADeadOneLeftIsTakenOver() throws IOException {
    Files.createDirectories(file().getParent());
    for (var left : new String[] {ClaimHolder.here().content(7), "{\"id", ""}) {
      Files.writeString(file(), left, StandardCharsets.UTF_8);
      try (var claim = vacancy().take(() -> {})) {
        claim.requireHeld();
      }
      assertFalse(Files.exists(file()));
    }
    assertEquals(3, waited.size());
  }

  /** It stood still, and another took it for dead. */
  @Test
  void whoWasTakenForDeadLearnsIt() throws Exception {
    var lost = new CountDownLatch(1);
    var other = ClaimHolder.here().content(0);
    try (var claim = vacancy().take(lost::countDown)) {
      Files.writeString(file(), other, StandardCharsets.UTF_8);
      assertTrue(lost.await(10, TimeUnit.SECONDS));
      var refusal = assertThrows(InputException.class, claim::requireHeld);
      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith("the output " + folder + " was taken over by another program (process "),
          refusal.getMessage());
    }
    assertEquals(other, Files.readString(file()), "the other's claim stays");
  }

  /** A file system without an atomic creation lets several create the file. */
  @Test
  void ofManyThatStartAtOnceOneGoesOn() throws Exception {
    var programs = Executors.newFixedThreadPool(8);
    try {
      for (int turn = 0; turn < 2; turn++) {
        var start = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var going = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < 8; i++) {
          going.add(programs.submit(() -> goesOn(start, end)));
        }
        start.countDown();
        Thread.sleep(1500);
        end.countDown();
        int count = 0;
        for (var one : going) {
          count += one.get() ? 1 : 0;
        }
        assertEquals(1, count);
      }
    } finally {
      programs.shutdownNow();
    }
  }

  private boolean goesOn(CountDownLatch start, CountDownLatch end) throws Exception {
    start.await();
    try (var claim =
        OutputClaim.requireFree(folder.toString(), new Configuration(), TERMS, message -> {})
            .take(() -> {})) {
      end.await();
      claim.requireHeld();
      return true;
    } catch (InputException e) {
      return false;
    }
  }
}
