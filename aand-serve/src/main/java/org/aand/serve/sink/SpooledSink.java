package org.aand.serve.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.common.file.ProcessLock;

/**
 * A {@link Delivery} as a sink: results wait on disk until they have been delivered, in order, each
 * at least once. After a failure it waits, longer each time, and begins where it stopped. What the
 * other side refuses is put aside with the reason, in {@code refused.jsonl} beside what waits. When
 * there is no room for what waits, the oldest results are dropped, which is said once and counted.
 */
public final class SpooledSink implements ResultSink {
  /** How long the end waits for a delivery that was interrupted. */
  private static final Duration INTERRUPTED = Duration.ofSeconds(5);

  private final Delivery delivery;
  private final Spool spool;
  private final ProcessLock owner;
  private final DeadLetters deadLetters;
  private final SpoolSettings settings;
  private final Problems problems;
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean closing;
  private Duration pause;

  private SpooledSink(
      Delivery delivery, Path folder, ProcessLock owner, SpoolSettings settings, Problems problems)
      throws IOException {
    this.delivery = delivery;
    this.owner = owner;
    spool = Spool.open(folder, settings.maxBytes());
    this.settings = settings;
    this.problems = problems;
    deadLetters = new DeadLetters(folder);
    pause = settings.firstPause();
    thread = new Thread(this::deliverAll, delivery.name());
    thread.setDaemon(true);
  }

  /**
   * Opens the spool and begins to deliver what is in it.
   *
   * @param delivery closed with the sink
   * @param folder where results wait, in a folder of the delivery's name
   * @throws InputException if nothing can be written there, or another process delivers from there
   */
  public static SpooledSink open(
      Delivery delivery, Path folder, SpoolSettings settings, Problems problems) {
    var own = folder.resolve(delivery.name());
    AtomicFile.requireWritableFolder(own);
    var owner =
        ProcessLock.of(own.resolve("lock"))
            .orElseThrow(
                () ->
                    new InputException(
                        "another process delivers the results in "
                            + own
                            + "; end it, or name another --state"));
    try {
      var sink = new SpooledSink(delivery, own, owner, settings, problems);
      sink.thread.start();
      return sink;
    } catch (IOException e) {
      owner.close();
      throw new InputException(
          "cannot keep results for "
              + delivery.name()
              + " in "
              + own
              + ": "
              + IoReason.of(e)
              + "; name another folder for them",
          e);
    }
  }

  @Override
  public void write(List<ResultRecord> results) throws IOException {
    long gone = spool.append(results.stream().map(ResultRecord::json).toList());
    if (gone > 0) {
      dropped.addAndGet(gone);
      problems.occurred(
          delivery.name() + " full",
          delivery.name()
              + ": more results wait than "
              + settings.maxBytes()
              + " bytes hold; the oldest are dropped");
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SinkStatus status() {
    return new SinkStatus(
        delivery.name(), delivered.get(), spool.waiting(), refused.get(), dropped.get());
  }

  private void deliverAll() {
    try {
      while (true) {
        if (spool.waiting() == 0) {
          if (!awaitMore()) {
            return;
          }
        } else if (!deliverSome() && !rest()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // The end of the sink: what was not acknowledged waits for the next start.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until something waits; false if nothing will. */
  private boolean awaitMore() throws InterruptedException {
    lock.lock();
    try {
      while (spool.waiting() == 0) {
        if (closing) {
          return false;
        }
        changed.await();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits after a failure; false if there is no further attempt. */
  private boolean rest() throws InterruptedException {
    lock.lock();
    try {
      if (closing) {
        return false;
      }
      long left = pause.toNanos();
      while (left > 0 && !closing) {
        left = changed.awaitNanos(left);
      }
      pause = doubled(pause, settings.longestPause());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static Duration doubled(Duration pause, Duration most) {
    var twice = pause.multipliedBy(2);
    return twice.compareTo(most) < 0 ? twice : most;
  }

  /** Delivers the first results; false if that failed. */
  private boolean deliverSome() throws InterruptedException {
    try {
      var batch = spool.peek(delivery.batchSize());
      deliver(batch);
      spool.remove(batch);
      pause = settings.firstPause();
      problems.over(delivery.name(), delivery.name() + ": results are delivered again");
      return true;
    } catch (IOException e) {
      problems.occurred(
          delivery.name(),
          delivery.name() + ": " + IoReason.of(e) + "; results wait on disk, tried again");
      return false;
    }
  }

  private void deliver(Spool.Batch batch) throws IOException, InterruptedException {
    try {
      delivery.deliver(batch.lines().stream().map(ResultRecord::parse).toList());
      delivered.addAndGet(batch.lines().size());
    } catch (RefusedException | RuntimeException e) {
      if (batch.lines().size() == 1) {
        putAside(batch.lines().get(0), reason(e));
      } else {
        for (var line : batch.lines()) {
          deliver(new Spool.Batch(List.of(line), batch.segment(), batch.end()));
        }
      }
    }
  }

  private static String reason(Exception e) {
    return e instanceof RefusedException ? String.valueOf(e.getMessage()) : e.toString();
  }

  private void putAside(String result, String reason) throws IOException {
    deadLetters.add(result, reason);
    refused.incrementAndGet();
    problems.occurred(
        delivery.name() + " refused",
        delivery.name() + " refuses results (" + reason + "); they are in " + deadLetters.path());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      // Delivers what waits if the other side is there; a failure ends it at once.
      if (!ended(settings.farewell())) {
        thread.interrupt();
        if (!ended(INTERRUPTED)) {
          problems.occurred(delivery.name() + " end", delivery.name() + " does not end");
        }
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    delivery.close();
    owner.close();
    if (spool.waiting() > 0) {
      problems.occurred(
          delivery.name() + " left",
          delivery.name() + ": " + spool.waiting() + " results wait on disk for the next start");
    }
  }

  private boolean ended(Duration within) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(within.toNanos())));
    return !thread.isAlive();
  }
}
