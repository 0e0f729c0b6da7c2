package org.aand.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aand.api.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final Path file;

  JournalTest(@TempDir Path folder) {
    file = folder.resolve("journal.jsonl");
  }

  private static Decided image(String name, long size) {
    return Decisions.of(name, size, Verdict.NORMAL);
  }

  @Test
  void remembersWhatWasDecidedAndWhatIsNotFinished() throws IOException {
    var a = image("a\n\".png", 1);
    var b = image("tag/b.png", 2);
    var journal = Journal.open(file);
    journal.decided(List.of(a, b));
    journal.finished(a, false);
    journal.flush();
    for (var opened : List.of(journal, Journal.open(file))) {
      assertTrue(opened.knows(a.stamp()));
      assertTrue(opened.knows(b.stamp()));
      assertFalse(opened.knows(Decisions.stamp("tag/b.png", 3)));
      assertEquals(List.of(b), opened.unfinished());
    }
  }

  @Test
  void aFileThatWasMovedAwayMayComeAgain() throws IOException {
    var journal = Journal.open(file);
    var first = image("a.png", 1);
    journal.decided(List.of(first));
    journal.finished(first, true);
    assertFalse(journal.knows(first.stamp()));
    // Written again while the first one was on its way.
    var second = image("a.png", 2);
    journal.decided(List.of(first, second));
    journal.finished(first, true);
    journal.flush();
    assertTrue(journal.knows(second.stamp()));
    assertTrue(Journal.open(file).knows(second.stamp()));
  }

  /** Killed at any byte: what was decided whole is known, and nothing else. */
  @Test
  void aTornLineIsCutOffAndTheNextIsWhole() throws IOException {
    var images = List.of(image("a.png", 1), image("b.png", 2), image("c.png", 3));
    Journal.open(file).decided(images);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      long lines = IntStream.range(0, length).filter(i -> cut[i] == '\n').count();
      Files.write(file, cut);
      var journal = Journal.open(file);
      assertEquals(images.subList(0, (int) lines), journal.unfinished());
      journal.decided(List.of(image("d.png", 4)));
      assertEquals(lines + 1, Journal.open(file).unfinished().size());
      assertEquals(0, journal.unreadable());
    }
  }

  @Test
  void aLineThatWasDamagedIsCountedAndTheOthersAreRead() throws IOException {
    Journal.open(file).decided(List.of(image("a.png", 1), image("b.png", 2)));
    var lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(0, "\0".repeat(40));
    Files.write(file, lines);
    var journal = Journal.open(file);
    assertEquals(1, journal.unreadable());
    assertEquals(List.of(image("b.png", 2)), journal.unfinished());
  }

  @Test
  void isRewrittenSoThatItsSizeIsBounded() throws IOException {
    var journal = Journal.open(file, 100);
    var present = Set.of("f0.png", "f1.png", "f2.png");
    var waiting = image("waiting.png", 1);
    journal.decided(List.of(waiting));
    long largest = 0;
    for (int round = 0; round < 40; round++) {
      long size = round;
      var images = IntStream.range(0, 20).mapToObj(i -> image("f" + i + ".png", size)).toList();
      journal.decided(images);
      images.forEach(image -> journal.finished(image, false));
      journal.compact(present);
      largest = Math.max(largest, Files.size(file));
    }
    assertTrue(largest < 40_000, largest + " bytes");
    var opened = Journal.open(file);
    assertEquals(List.of(waiting), opened.unfinished());
    for (int i = 0; i < 20; i++) {
      assertTrue(opened.knows(Decisions.stamp("f" + i + ".png", 39)));
      assertFalse(opened.knows(Decisions.stamp("f" + i + ".png", 38)));
    }
  }

  /** A network drive that is away does not make all its images new. */
  @Test
  void ofFilesThatAreNotThereTheNewestAreRemembered() throws IOException {
    var journal = Journal.open(file, 100);
    int count = Journal.REMEMBERED + 1000;
    var images = IntStream.range(0, count).mapToObj(i -> image(i + ".png", 1)).toList();
    for (int i = 0; i < count; i += 1000) {
      journal.decided(images.subList(i, i + 1000));
      images.subList(i, i + 1000).forEach(image -> journal.finished(image, false));
    }
    journal.compact(Set.of("0.png"));
    var known =
        images.stream().map(Decided::stamp).filter(journal::knows).collect(Collectors.toSet());
    assertEquals(Journal.REMEMBERED + 1, known.size());
    assertTrue(known.contains(images.get(0).stamp()), "it is there");
    assertFalse(known.contains(images.get(1).stamp()), "the oldest that is not");
    assertTrue(known.contains(images.get(count - 1).stamp()), "the newest");
  }
}
