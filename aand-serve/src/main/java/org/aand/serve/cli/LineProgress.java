package org.aand.serve.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.aand.detect.DetectionListener;

/** Shows how far a task is: a line now and then, with rate and remaining time. */
public class LineProgress implements DetectionListener {
  private static final long LINE_EVERY = Duration.ofSeconds(15).toNanos();

  private final PrintWriter out;
  private String task = "";
  private int total;
  private int done;
  private int resumedAt;
  private long begun;
  private long printed;

  /** Shows it on a writer, which stays open. */
  public LineProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public final void onTestStart(int images) {
    begin("Testing", images);
  }

  @Override
  public final void onImagesTested(int images) {
    advance(images);
  }

  /** A task of so many steps begins. */
  protected void begin(String what, int steps) {
    task = what;
    total = steps;
    done = 0;
    resumedAt = 0;
    begun = System.nanoTime();
    printed = begun;
  }

  /** So many steps of the task were done before it was begun. */
  protected void resume(int steps) {
    done = steps;
    resumedAt = steps;
  }

  /** So many more steps are done. */
  protected void advance(int steps) {
    done += steps;
    long now = System.nanoTime();
    if (now - printed >= LINE_EVERY || (done == total && now - begun >= LINE_EVERY)) {
      double rate = (done - resumedAt) / ((now - begun) / 1e9);
      print(
          String.format(
              Locale.ROOT,
              "%s: %d of %d, %.2f/s, %s left",
              task,
              done,
              total,
              rate,
              left((long) ((total - done) / rate))));
    }
  }

  /** Prints a line of progress; the next one is due some time after it. */
  protected final void print(String line) {
    out.println(line);
    printed = System.nanoTime();
  }

  /** Hours, minutes and seconds. */
  protected static String left(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
