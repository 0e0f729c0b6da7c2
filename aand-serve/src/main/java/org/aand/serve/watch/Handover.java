package org.aand.serve.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.aand.common.PrintableName;
import org.aand.common.file.IoReason;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;

/**
 * Brings results to the journal, then to every sink, then their files to where they belong. What
 * fails is tried again, so that a full disk holds the watch up and loses nothing; a file that
 * cannot be moved holds nobody up. For one thread.
 */
final class Handover {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long MOVE_AGAIN = Duration.ofSeconds(30).toNanos();

  private final Journal journal;
  private final List<ResultSink> sinks;
  private final Optional<ImageMover> mover;
  private final Problems problems;
  private final CountDownLatch stop;
  private final Consumer<ResultRecord> listener;
  private final Deque<Decided> unmoved = new ArrayDeque<>();
  private long moveFailedAt;

  /**
   * @param stop at zero, nothing is tried again
   * @param listener is told every result that all sinks have
   */
  Handover(
      Journal journal,
      List<ResultSink> sinks,
      Optional<ImageMover> mover,
      Problems problems,
      CountDownLatch stop,
      Consumer<ResultRecord> listener) {
    this.journal = journal;
    this.sinks = sinks;
    this.mover = mover;
    this.problems = problems;
    this.stop = stop;
    this.listener = listener;
  }

  /** Something that may fail for a time. */
  private interface Attempt {
    void run() throws IOException;
  }

  /** Finishes what an earlier watch began: each sink gets what it does not have. */
  void resume() throws InterruptedException {
    var unfinished = journal.unfinished();
    if (unfinished.isEmpty()) {
      return;
    }
    var results = unfinished.stream().map(Decided::result).toList();
    var ids = results.stream().map(ResultRecord::id).collect(Collectors.toSet());
    for (var sink : sinks) {
      boolean out =
          again(
              sink.status().name(),
              () -> {
                var taken = sink.taken(ids);
                var missing =
                    results.stream().filter(result -> !taken.contains(result.id())).toList();
                if (!missing.isEmpty()) {
                  sink.write(missing);
                }
              });
      if (!out) {
        return;
      }
    }
    finish(unfinished, true);
  }

  /** Brings new results where they belong; after a stop some may be left for the next start. */
  void take(List<Decided> decided) throws InterruptedException {
    if (!again("the journal", () -> journal.decided(decided))) {
      return;
    }
    var results = decided.stream().map(Decided::result).toList();
    for (var sink : sinks) {
      if (!again(sink.status().name(), () -> sink.write(results))) {
        return;
      }
    }
    finish(decided, false);
  }

  /** Does what was put off; called now and then. */
  void idle() throws InterruptedException {
    if (!unmoved.isEmpty() && System.nanoTime() - moveFailedAt >= MOVE_AGAIN) {
      int count = unmoved.size();
      for (int i = 0; i < count && (i == 0 || unmoved.size() < count); i++) {
        move(unmoved.removeFirst(), true);
      }
    }
    again("the journal", journal::flush);
  }

  private void finish(List<Decided> decided, boolean resumed) {
    for (var one : decided) {
      listener.accept(one.result());
      move(one, resumed);
    }
  }

  private void move(Decided one, boolean resumed) {
    try {
      boolean gone = mover.isPresent() && mover.get().move(one, resumed);
      journal.finished(one, gone);
    } catch (IOException e) {
      moveFailedAt = System.nanoTime();
      unmoved.add(one);
      problems.occurred(
          "move",
          "cannot move "
              + PrintableName.of(one.stamp().name())
              + " ("
              + IoReason.of(e)
              + "); images stay where they are until that is possible");
    }
  }

  /** Tries until it is done; false if a stop came first. */
  private boolean again(String what, Attempt attempt) throws InterruptedException {
    var pause = FIRST_PAUSE;
    // Not the name alone, by which a sink tells that its other side is away.
    var key = "write " + what;
    while (true) {
      try {
        attempt.run();
        problems.over(key, what + " can be written again");
        return true;
      } catch (IOException e) {
        problems.occurred(
            key, "cannot write " + what + " (" + IoReason.of(e) + "); the watch waits for it");
        if (stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
          return false;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }
}
