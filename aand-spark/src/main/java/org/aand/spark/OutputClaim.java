package org.aand.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.aand.common.InputException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The right to write to an output, which one program at a time has.
 *
 * <p>Its holder renews a file in the output every few seconds. A program that finds one watches it:
 * if it changes, its holder lives, and the program is refused; if it stays as it is for the length
 * of a lease, its holder ended without giving it back, and the program takes it over. So the clocks
 * of two machines are never compared. Where two programs create the file at the same moment, as
 * some file systems let them, or take it over at the same moment, the one whose content stays for a
 * moment is the holder.
 */
final class OutputClaim implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Vacancy taken;
  private final ClaimHolder holder = ClaimHolder.here();
  private final Runnable whenLost;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "aand-output-claim");
            thread.setDaemon(true);
            return thread;
          });

  private long renewals;
  private boolean failed;

  private OutputClaim(Vacancy taken, Runnable whenLost) {
    this.taken = taken;
    this.whenLost = whenLost;
  }

  /**
   * How claims are kept.
   *
   * @param renewal time between two renewals
   * @param lease time without a renewal after which the holder is taken for dead; many renewals
   */
  record Terms(Duration renewal, Duration lease) {
    /** Those of programs. */
    static final Terms USUAL = new Terms(Duration.ofSeconds(3), Duration.ofSeconds(30));
  }

  /**
   * An output that nobody writes to, as far as can be seen.
   *
   * @param output as the user named it
   * @param waiting is told when a claim has to be watched
   * @param left the claim that a dead program left
   */
  record Vacancy(
      String output, ClaimFile file, Terms terms, Consumer<String> waiting, Optional<String> left) {
    /**
     * Takes it.
     *
     * @param whenLost is called, on a thread of the claim's, if another program takes it over
     * @throws InputException if another program was faster
     */
    OutputClaim take(Runnable whenLost) throws IOException {
      var claim = new OutputClaim(this, whenLost);
      for (var known = left; !claim.begin(known); ) {
        known = vacancy(output, file, terms, waiting).left();
      }
      return claim;
    }
  }

  /**
   * Finds out whether an output is free; nothing is written.
   *
   * @throws InputException if another program writes to it
   */
  static Vacancy requireFree(
      String output, Configuration hadoop, Terms terms, Consumer<String> waiting)
      throws IOException {
    return vacancy(output, ClaimFile.of(new Path(output), hadoop), terms, waiting);
  }

  private static Vacancy vacancy(
      String output, ClaimFile file, Terms terms, Consumer<String> waiting) throws IOException {
    var found = file.read();
    if (found.isPresent()) {
      waiting.accept(
          "The output is claimed by "
              + ClaimHolder.described(found.get())
              + "; waiting "
              + terms.lease().toSeconds()
              + " s to see whether that is still running");
    }
    long begun = System.nanoTime();
    while (found.isPresent() && System.nanoTime() - begun < terms.lease().toNanos()) {
      pause();
      var now = file.read();
      if (now.isEmpty()) {
        found = now;
      } else if (!now.equals(found) && !now.get().isEmpty()) {
        // Empty, it is just being renewed, and says at the next look by whom.
        throw refused(output, now.get());
      }
    }
    return new Vacancy(output, file, terms, waiting, found);
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it watched a claim");
    }
  }

  private static InputException refused(String output, String by) {
    return new InputException(
        "another program writes to the output "
            + output
            + " ("
            + ClaimHolder.described(by)
            + "); wait until it has ended, or name another output");
  }

  private boolean begin(Optional<String> left) throws IOException {
    var file = taken.file();
    if (left.isEmpty()) {
      if (!file.create(holder.content(0))) {
        return false;
      }
    } else if (file.read().equals(left)) {
      file.replace(holder.content(0));
    } else {
      return false;
    }
    // Another that saw the same may have written at the same moment, and be the last.
    pause();
    if (!holds(file.read())) {
      return false;
    }
    long millis = taken.terms().renewal().toMillis();
    clock.scheduleWithFixedDelay(this::renew, millis, millis, TimeUnit.MILLISECONDS);
    return true;
  }

  private synchronized void renew() {
    if (clock.isShutdown()) {
      return; // given back while this waited for its turn
    }
    try {
      if (holds(taken.file().read())) {
        taken.file().replace(holder.content(++renewals));
        failed = false;
      } else {
        clock.shutdown();
        whenLost.run();
      }
    } catch (IOException e) {
      // The file system may come back; requireHeld tells whether it did.
      failed = true;
    }
  }

  /** What was begun to be written when the file system failed is this holder's too. */
  private boolean holds(Optional<String> content) {
    return content
        .filter(text -> text.contains(holder.id()) || (failed && text.isEmpty()))
        .isPresent();
  }

  /**
   * Makes sure that this program still has the right.
   *
   * @throws InputException if another has taken it over
   */
  synchronized void requireHeld() throws IOException {
    var content = taken.file().read();
    if (!holds(content)) {
      throw new InputException(
          "the output "
              + taken.output()
              + " was taken over by another program"
              + content.map(text -> " (" + ClaimHolder.described(text) + ")").orElse("")
              + ", since this one stood still; what is complete is kept");
    }
  }

  /** Gives it back, if it is not another program's by now. */
  @Override
  public synchronized void close() throws IOException {
    clock.shutdown();
    if (holds(taken.file().read())) {
      taken.file().delete();
    }
  }
}
