package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.api.Verdict;
import org.aand.common.image.ImageFormat;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** What is remembered never exceeds its bounds. */
class RecentResultsTest {
  private static final Review CORRECT = new Review(Mark.CORRECT, Optional.empty(), "");

  private static RecentResult result(int id, int bytes) {
    return new RecentResult(
        "id" + id,
        Instant.EPOCH,
        "part",
        1,
        OptionalDouble.of(0.5),
        Verdict.ANOMALOUS,
        4,
        3,
        ImageFormat.PNG,
        new byte[bytes],
        Shown.NOTHING);
  }

  @Test
  void theNewestStayThatHaveRoom() {
    var random = new RandomStreams(1).stream("sizes");
    var recent = new RecentResults(7, 100);
    var expected = new ArrayDeque<RecentResult>();
    for (int i = 0; i < 500; i++) {
      var next = result(i, (int) (random.nextDouble() * 40));
      assertTrue(recent.add(next));
      recent.reviewed(next.id(), CORRECT);
      expected.addLast(next);
      while (expected.size() > 7
          || expected.stream().mapToInt(result -> result.file().length).sum() > 100) {
        var gone = expected.removeFirst();
        assertTrue(recent.find(gone.id()).isEmpty());
      }
      var listed = recent.json().path("results");
      assertEquals(expected.size(), listed.size());
      var newest = expected.descendingIterator();
      for (var row : listed) {
        assertEquals(newest.next().id(), row.path("id").asText());
        assertEquals("correct", row.path("mark").asText());
      }
    }
  }

  @Test
  void anImageLargerThanAllRoomIsNotRememberedAndPushesNoneOut() {
    var recent = new RecentResults(7, 100);
    assertTrue(recent.add(result(1, 100)));
    assertFalse(recent.add(result(2, 101)));
    assertTrue(recent.find("id1").isPresent());
    recent.reviewed("id2", CORRECT);
    assertEquals(1, recent.json().path("results").size());
  }
}
