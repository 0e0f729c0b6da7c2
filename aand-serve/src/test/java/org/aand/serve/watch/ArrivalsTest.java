package org.aand.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aand.serve.sink.RateLimitedProblems;
import org.junit.jupiter.api.Test;

/** A folder seen once a second; files may grow, be replaced, vanish. */
class ArrivalsTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> told = new ArrayList<>();
  private final Set<FileStamp> known = new HashSet<>();
  private final Arrivals arrivals =
      new Arrivals(
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          new RateLimitedProblems(told::add, () -> 0));

  /** Of a clock that is near its end. */
  private long now = Long.MAX_VALUE - 5 * SECOND;

  private List<Arrivals.Ready> look(FileStamp... files) {
    now += SECOND;
    return arrivals.ready(Arrays.asList(files), known::contains, now);
  }

  private static FileStamp file(String name, long size) {
    return Decisions.stamp(name, size);
  }

  private static List<Arrivals.Ready> ready(FileStamp... files) {
    return Arrays.stream(files).map(file -> new Arrivals.Ready(file, false)).toList();
  }

  @Test
  void aFileIsReadyOnceWhenItHasBeenQuiet() {
    var a = file("a.png", 5);
    assertEquals(List.of(), look(a));
    assertEquals(List.of(), look(a));
    assertEquals(ready(a), look(a));
    assertEquals(List.of(), look(a));
    arrivals.done(a);
    assertEquals(List.of(), look(a), "a listing from before the journal knew it");
    known.add(a);
    assertEquals(List.of(), look(a));
  }

  @Test
  void aFileThatIsMovedAwayAndPutBackBetweenTwoListingsIsAnotherArrival() {
    var a = file("a.png", 5);
    look(a);
    look(a);
    assertEquals(ready(a), look(a));
    arrivals.done(a);
    assertEquals(List.of(), look(a), "a listing from before it was moved");
    assertEquals(List.of(), look(a));
    assertEquals(List.of(), look(a));
    assertEquals(ready(a), look(a));
  }

  @Test
  void aFileThatGrowsIsWaitedForAndMentionedOnce() {
    for (int size = 0; size < 60; size++) {
      assertEquals(List.of(), look(file("a.png", size)));
    }
    assertEquals(1, told.size(), told.toString());
    assertEquals(
        "a.png has been changing for 20 s; it is read when it no longer does", told.get(0));
    look(file("a.png", 60));
    look(file("a.png", 60));
    assertEquals(ready(file("a.png", 60)), look(file("a.png", 60)));
  }

  @Test
  void aFileThatIsReplacedWhileItIsUnderWayIsAnotherImage() {
    look(file("a.png", 1));
    look(file("a.png", 1));
    assertEquals(ready(file("a.png", 1)), look(file("a.png", 1)));
    look(file("a.png", 2));
    known.add(file("a.png", 1));
    arrivals.done(file("a.png", 1));
    look(file("a.png", 2));
    assertEquals(ready(file("a.png", 2)), look(file("a.png", 2)));
  }

  @Test
  void whatCannotBeReadIsTriedAgainAfterLongerPausesUntilThePatienceEnds() {
    var bad = file("bad.png", 1);
    long begun = now + SECOND;
    var attempts = new ArrayList<Long>();
    boolean last = false;
    while (!last) {
      for (var ready : look(bad)) {
        attempts.add((now - begun) / SECOND);
        last = ready.last();
        arrivals.incomplete(bad, now);
      }
    }
    assertEquals(List.of(2L, 4L, 8L, 16L, 20L), attempts);
  }

  @Test
  void whatIsNoImageIsLeftOutUntilItChanges() {
    var text = file("notes.dat", 1);
    look(text);
    look(text);
    assertEquals(ready(text), look(text));
    arrivals.leaveOut(text);
    for (int i = 0; i < 50; i++) {
      assertEquals(List.of(), look(text));
    }
    look(file("notes.dat", 2));
    look(file("notes.dat", 2));
    assertEquals(ready(file("notes.dat", 2)), look(file("notes.dat", 2)));
  }

  @Test
  void aFileThatWasGoneIsAnotherArrival() {
    var a = file("a.png", 5);
    look(a);
    look(a);
    look();
    assertEquals(List.of(), look(a));
    assertEquals(List.of(), look(a));
    assertEquals(ready(a), look(a));
  }

  @Test
  void aFileThatIsGoneForAMomentWhileItIsUnderWayIsNotReadTwice() {
    var a = file("a.png", 5);
    look(a);
    look(a);
    assertEquals(ready(a), look(a));
    look();
    for (int i = 0; i < 5; i++) {
      assertEquals(List.of(), look(a));
    }
    arrivals.done(a);
    known.add(a);
    assertEquals(List.of(), look(a));
    assertEquals(0, arrivals.waiting());
  }

  @Test
  void anotherFileOfTheNameOfOneUnderWayIsReadOnce() {
    var before = file("a.png", 1);
    var after = file("a.png", 2);
    look(before);
    look(before);
    assertEquals(ready(before), look(before));
    look();
    for (int i = 0; i < 5; i++) {
      assertEquals(List.of(), look(after), "the first is still under way");
    }
    arrivals.incomplete(before, now);
    assertEquals(ready(after), look(after));
    assertEquals(List.of(), look(after));
  }

  @Test
  void oneThatWasUnderWayAndIsGoneIsForgotten() {
    var a = file("a.png", 5);
    look(a);
    look(a);
    assertEquals(ready(a), look(a));
    look();
    arrivals.incomplete(a, now);
    look();
    assertEquals(0, arrivals.waiting());
    assertEquals(List.of(), look(a));
    assertEquals(List.of(), look(a));
    assertEquals(ready(a), look(a));
  }

  @Test
  void theOldestIsFirst() {
    var files = new FileStamp[50];
    for (int i = 0; i < 50; i++) {
      files[i] = new FileStamp("f" + i, 1, java.time.Instant.EPOCH.plusSeconds(i * 37 % 50));
    }
    look(files);
    look(files);
    var times = look(files).stream().map(ready -> ready.stamp().modified()).toList();
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(50, times.size());
  }
}
