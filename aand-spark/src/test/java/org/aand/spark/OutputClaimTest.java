package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.aand.common.InputException;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One program at a time writes to an output, and a dead one keeps nobody from it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class OutputClaimTest {
  /**
   * A lease that a holder keeps also on a busy machine; who waits for it sees it renewed before.
   */
  private static final OutputClaim.Terms TERMS =
      new OutputClaim.Terms(Duration.ofMillis(100), Duration.ofSeconds(60));

  /** Of a holder that is dead: it would be waited for in vain. */
  private static final OutputClaim.Terms SHORT =
      new OutputClaim.Terms(Duration.ofMillis(100), Duration.ofMillis(1000));

  @TempDir private Path folder = Path.of("");
  private final List<String> waited = new ArrayList<>();

  private OutputClaim.Vacancy vacancy() throws IOException {
    return vacancy(TERMS);
  }

  private OutputClaim.Vacancy vacancy(OutputClaim.Terms terms) throws IOException {
    return OutputClaim.requireFree(folder.toString(), new Configuration(), terms, waited::add);
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
      try (var claim = vacancy(SHORT).take(() -> {})) {
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
      assertTrue(lost.await(60, TimeUnit.SECONDS));
      var refusal = assertThrows(InputException.class, claim::requireHeld);
      assertTrue(
          String.valueOf(refusal.getMessage())
              .startsWith("the output " + folder + " was taken over by another program (process "),
          refusal.getMessage());
    }
    assertEquals(other, Files.readString(file()), "the other's claim stays");
  }

  /** Two programs write at the same moment; the first of them is written over. */
  @Test
  void whoIsWrittenOverAtTheSameMomentDoesNotTakeIt() throws Exception {
    var other = ClaimHolder.here();
    var programs = Executors.newSingleThreadExecutor();
    try {
      boolean refused = false;
      // A busy machine may let the other one come too late.
      for (int attempt = 0; attempt < 10 && !refused; attempt++) {
        Files.deleteIfExists(file());
        refused = isRefused(programs, vacancy(), other);
      }
      assertTrue(refused);
      assertTrue(Files.readString(file()).contains(other.id()), "the other's claim stays");
    } finally {
      programs.shutdownNow();
    }
  }

  private boolean isRefused(ExecutorService programs, OutputClaim.Vacancy vacant, ClaimHolder other)
      throws Exception {
    var taking = programs.submit(() -> vacant.take(() -> {}));
    while (!Files.exists(file()) || Files.size(file()) == 0) {
      Thread.onSpinWait();
    }
    // Renewed, so that it is seen to live.
    for (int renewals = 0; !taking.isDone(); renewals++) {
      Files.writeString(file(), other.content(renewals), StandardCharsets.UTF_8);
      Thread.sleep(20);
    }
    try {
      taking.get().close();
      return false;
    } catch (ExecutionException e) {
      assertInstanceOf(InputException.class, e.getCause());
      return true;
    }
  }

  /** What was given back is nobody's, so it is not lost to anybody either. */
  @Test
  void whatWasGivenBackIsNotLost() throws Exception {
    var lost = new CountDownLatch(1);
    for (int turn = 0; turn < 5; turn++) {
      var claim = vacancy().take(lost::countDown);
      synchronized (claim) {
        // Longer than between two renewals: one waits for its turn when the claim is given back.
        Thread.sleep(300);
        claim.close();
      }
    }
    assertFalse(lost.await(300, TimeUnit.MILLISECONDS));
  }

  /** A file system without an atomic creation lets several create the file. */
  @Test
  void ofManyThatStartAtOnceOneGoesOn() throws Exception {
    var programs = Executors.newFixedThreadPool(8);
    try {
      for (int turn = 0; turn < 2; turn++) {
        var start = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var without = new CountDownLatch(7);
        var going = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < 8; i++) {
          going.add(programs.submit(() -> goesOn(start, without, end)));
        }
        start.countDown();
        assertTrue(without.await(120, TimeUnit.SECONDS), without + " have it, or none can tell");
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

  /**
   * A program that works until the end.
   *
   * @param without counts those that are refused, or learn that they have lost it
   */
  private boolean goesOn(CountDownLatch start, CountDownLatch without, CountDownLatch end)
      throws Exception {
    start.await();
    OutputClaim claim;
    try {
      claim =
          OutputClaim.requireFree(folder.toString(), new Configuration(), TERMS, message -> {})
              .take(without::countDown);
    } catch (InputException e) {
      without.countDown();
      return false;
    }
    try (claim) {
      end.await();
      claim.requireHeld();
      return true;
    } catch (InputException e) {
      return false;
    }
  }
}
