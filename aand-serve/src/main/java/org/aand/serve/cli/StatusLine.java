package org.aand.serve.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Prints a status once a minute if it is another one than before. */
final class StatusLine implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final PrintWriter out;
  private final Supplier<String> status;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
          });
  private String printed = "";

  StatusLine(PrintWriter out, Supplier<String> status) {
    this.out = out;
    this.status = status;
    printed = status.get();
    var ignored =
        timer.scheduleAtFixedRate(
            this::print, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void print() {
    var now = status.get();
    if (!now.equals(printed)) {
      printed = now;
      out.println(now);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
