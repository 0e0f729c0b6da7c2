package org.aand.serve.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.aand.common.PrintableName;
import org.aand.serve.sink.Problems;

/**
 * Which of the files that were seen are complete: their size and time have been the same for the
 * quiet time. Whether they can be read is known only afterwards; one that cannot comes again, after
 * longer and longer pauses, until the patience has ended. All times are of a clock that never
 * jumps. Safe to use from many threads.
 */
final class Arrivals {
  private final long quiet;
  private final long patience;
  private final Problems problems;
  private final Map<String, Arrival> arrivals = new HashMap<>();

  private enum State {
    WAITING,
    UNDER_WAY,
    /** Decided on; the next listing may be from before. */
    DONE,
    /** Decided on, and listed afterwards: the one after that is of another arrival. */
    LISTED_AGAIN,
    LEFT_OUT
  }

  /** A file that is not done with. */
  private static final class Arrival {
    private FileStamp stamp;
    private State state = State.WAITING;
    private final long seen;
    private long unchangedSince;
    private long nextAttempt;
    private long pause;

    Arrival(FileStamp stamp, long now, long pause) {
      this.stamp = stamp;
      seen = now;
      unchangedSince = now;
      nextAttempt = now;
      this.pause = pause;
    }

    void change(FileStamp to, long now, long firstPause) {
      stamp = to;
      unchangedSince = now;
      nextAttempt = now;
      pause = firstPause;
      if (state == State.LEFT_OUT) {
        state = State.WAITING;
      }
    }
  }

  /**
   * A file that is complete, as far as can be seen.
   *
   * @param last whether this is the last attempt to read it
   */
  record Ready(FileStamp stamp, boolean last) {}

  Arrivals(Duration quiet, Duration patience, Problems problems) {
    this.quiet = quiet.toNanos();
    this.patience = patience.toNanos();
    this.problems = problems;
  }

  /**
   * Takes a listing.
   *
   * @param known whether a file is done with
   * @param now in nanoseconds
   * @return the files to be read now, the oldest first; each has to be followed by {@link #done},
   *     {@link #incomplete} or {@link #leaveOut}
   */
  synchronized List<Ready> ready(List<FileStamp> listing, Predicate<FileStamp> known, long now) {
    var ready = new ArrayList<Ready>();
    Set<String> present = new HashSet<>();
    for (var stamp : listing) {
      if (known.test(stamp)) {
        continue;
      }
      present.add(stamp.name());
      var arrival = arrivals.computeIfAbsent(stamp.name(), name -> arrival(stamp, now));
      if (arrival.state == State.LISTED_AGAIN) {
        // It was moved away and put back between two listings.
        arrivals.put(stamp.name(), arrival(stamp, now));
        continue;
      }
      if (arrival.state == State.DONE) {
        arrival.state = State.LISTED_AGAIN;
        continue;
      }
      if (!arrival.stamp.equals(stamp)) {
        arrival.change(stamp, now, firstPause());
        mentionIfLate(arrival, now);
      }
      if (arrival.state == State.WAITING
          && now - arrival.unchangedSince >= quiet
          && now - arrival.nextAttempt >= 0) {
        arrival.state = State.UNDER_WAY;
        ready.add(new Ready(stamp, now - arrival.unchangedSince >= patience));
      }
    }
    // One under way stays also when it is not there: come back, it would be read twice at a time.
    arrivals
        .values()
        .removeIf(
            arrival -> arrival.state != State.UNDER_WAY && !present.contains(arrival.stamp.name()));
    ready.sort(
        Comparator.<Ready, java.time.Instant>comparing(file -> file.stamp().modified())
            .thenComparing(file -> file.stamp().name()));
    return ready;
  }

  private Arrival arrival(FileStamp stamp, long now) {
    return new Arrival(stamp, now, firstPause());
  }

  private long firstPause() {
    return Math.max(quiet, Duration.ofMillis(100).toNanos());
  }

  private void mentionIfLate(Arrival arrival, long now) {
    if (now - arrival.seen >= patience) {
      problems.occurred(
          // Not the file's key, by which is told what became of it.
          "changing " + arrival.stamp.name(),
          PrintableName.of(arrival.stamp.name())
              + " has been changing for "
              + Duration.ofNanos(now - arrival.seen).toSeconds()
              + " s; it is read when it no longer does");
    }
  }

  /** A file is decided on; from now on it is known, or was moved away. */
  synchronized void done(FileStamp stamp) {
    var arrival = arrivals.get(stamp.name());
    if (arrival != null) {
      arrival.state = arrival.stamp.equals(stamp) ? State.DONE : State.WAITING;
    }
  }

  /** A file cannot be read yet, or is no longer there. */
  synchronized void incomplete(FileStamp stamp, long now) {
    var arrival = arrivals.get(stamp.name());
    if (arrival != null) {
      arrival.state = State.WAITING;
      if (arrival.stamp.equals(stamp)) {
        // The last attempt is not put off beyond the patience.
        long end = arrival.unchangedSince + patience;
        long next = now + arrival.pause;
        arrival.nextAttempt = end - now > 0 && next - end > 0 ? end : next;
        arrival.pause *= 2;
      }
    }
  }

  /** A file is no image; it is not read again until it changes. */
  synchronized void leaveOut(FileStamp stamp) {
    var arrival = arrivals.get(stamp.name());
    if (arrival != null) {
      arrival.state = arrival.stamp.equals(stamp) ? State.LEFT_OUT : State.WAITING;
    }
  }

  /** How many files are not complete yet. */
  synchronized int waiting() {
    return (int)
        arrivals.values().stream().filter(arrival -> arrival.state == State.WAITING).count();
  }
}
