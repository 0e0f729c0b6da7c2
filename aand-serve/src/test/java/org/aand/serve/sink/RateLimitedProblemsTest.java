package org.aand.serve.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitedProblemsTest {
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
  private final Problems problems = new RateLimitedProblems(lines::add, now::get);

  private void later(int minutes) {
    now.addAndGet(Duration.ofMinutes(minutes).toNanos());
  }

  @Test
  void aProblemIsToldOnceAndAgainWhileItLasts() {
    for (int minute = 0; minute < 40; minute++) {
      problems.occurred("disk", "full");
      later(1);
    }
    assertEquals(List.of("full", "full", "full"), lines);
    problems.over("disk", "well");
    problems.over("disk", "well");
    problems.over("other", "well");
    assertEquals(4, lines.size());
    problems.occurred("disk", "full");
    assertEquals(5, lines.size());
  }

  @Test
  void ofManyAtATimeTheFirstAreToldAndTheOthersCounted() {
    for (int i = 0; i < 5000; i++) {
      problems.occurred("file " + i, "bad " + i);
    }
    assertEquals(20, lines.size());
    later(1);
    problems.occurred("disk", "full");
    assertEquals(List.of("4980 more problems were not shown", "full"), lines.subList(20, 22));
    problems.close();
    assertEquals(22, lines.size());
  }

  @Test
  void theEndTellsHowManyWereNotShown() {
    for (int i = 0; i < 23; i++) {
      problems.occurred("file " + i, "bad " + i);
    }
    problems.close();
    problems.close();
    assertEquals(List.of("bad 19", "3 more problems were not shown"), lines.subList(19, 21));
    assertEquals(21, lines.size());
  }
}
