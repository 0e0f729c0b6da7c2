package org.aand.serve.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private final Path folder;

  SpoolTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String line(int number, Random random) {
    return number + ": " + "ü".repeat(random.nextInt(1500));
  }

  /** Against a queue in memory: nothing lost, nothing doubled, in order, over restarts. */
  @Test
  void isAQueueThatSurvivesRestarts() throws IOException {
    var random = new Random(5);
    var expected = new ArrayDeque<String>();
    var spool = Spool.open(folder, 1 << 24);
    for (int step = 0, number = 0; step < 600; step++) {
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          var lines = new ArrayList<String>();
          for (int i = random.nextInt(5); i >= 0; i--) {
            lines.add(line(number++, random));
          }
          assertEquals(0, spool.append(lines));
          expected.addAll(lines);
        }
        case 2, 3 -> {
          var batch = spool.peek(1 + random.nextInt(6));
          assertEquals(expected.isEmpty(), batch.lines().isEmpty());
          for (var line : batch.lines()) {
            assertEquals(expected.remove(), line);
          }
          if (!batch.lines().isEmpty()) {
            spool.remove(batch);
          }
        }
        default -> spool = Spool.open(folder, 1 << 24);
      }
      assertEquals(expected.size(), spool.waiting());
    }
  }

  @Test
  void dropsTheOldestWhenItIsFullAndSaysHowMany() throws IOException {
    var random = new Random(6);
    var spool = Spool.open(folder, 1 << 16);
    long dropped = 0;
    for (int i = 0; i < 200; i++) {
      dropped += spool.append(List.of(line(i, random)));
    }
    assertTrue(dropped > 0, "nothing was dropped");
    assertEquals(200, dropped + spool.waiting());
    assertTrue(spool.peek(1).lines().get(0).startsWith(dropped + ": "), spool.peek(1).toString());
    try (var files = Files.list(folder)) {
      assertTrue(files.mapToLong(file -> file.toFile().length()).sum() < 80_000, "too large");
    }
  }

  @Test
  void whatIsDroppedWhileItIsDeliveredIsNotRemovedTwice() throws IOException {
    var random = new Random(7);
    var spool = Spool.open(folder, 1 << 16);
    spool.append(List.of("first"));
    var batch = spool.peek(1);
    for (int i = 0; i < 100; i++) {
      spool.append(List.of(line(i, random)));
    }
    long waiting = spool.waiting();
    spool.remove(batch);
    assertEquals(waiting, spool.waiting());
  }

  @Test
  void aTornLineIsCutOff() throws IOException {
    Spool.open(folder, 1 << 16).append(List.of("one", "two"));
    Files.writeString(folder.resolve("000000000001.jsonl"), "thr", StandardOpenOption.APPEND);
    var spool = Spool.open(folder, 1 << 16);
    spool.append(List.of("four"));
    assertEquals(List.of("one", "two", "four"), spool.peek(9).lines());
  }
}
