package org.aand.serve.watch;

import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.aand.common.PrintableName;
import org.aand.common.file.IoReason;
import org.aand.serve.sink.Problems;

/**
 * The way of complete files through the network, one a core, to the hand-over, in the order in
 * which they were submitted. Whoever submits waits while enough are under way.
 */
final class Pipeline implements AutoCloseable {
  private static final int AHEAD = 4;
  private static final int BATCH = 64;
  private static final long POLL_MILLIS = 200;

  private final Inspection inspection;
  private final Arrivals arrivals;
  private final Handover handover;
  private final Problems problems;
  private final ExecutorService inspecting;
  private final ExecutorService handing;
  private final BlockingQueue<Future<Inspection.Outcome>> underWay;
  private final CountDownLatch submitted = new CountDownLatch(1);
  private final Future<?> handedOver;

  /** Starts the threads. */
  Pipeline(Inspection inspection, Arrivals arrivals, Handover handover, Problems problems) {
    this.inspection = inspection;
    this.arrivals = arrivals;
    this.handover = handover;
    this.problems = problems;
    // One more than cores, since one of them may read.
    int threads = Runtime.getRuntime().availableProcessors() + 1;
    inspecting = Executors.newFixedThreadPool(threads, task -> thread(task, "inspect"));
    handing = Executors.newSingleThreadExecutor(task -> thread(task, "hand over"));
    underWay = new ArrayBlockingQueue<>(threads + AHEAD);
    handedOver = handing.submit(this::handOver);
  }

  private static Thread thread(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Sends a file on its way, as soon as there is room; not at all after a stop. */
  void submit(Arrivals.Ready ready, CountDownLatch stop) throws InterruptedException {
    var task = new FutureTask<>(() -> inspection.of(ready));
    while (stop.getCount() > 0 && !handedOver.isDone()) {
      if (underWay.offer(task, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        inspecting.execute(task);
        return;
      }
    }
  }

  /**
   * Waits until all that was submitted is handed over.
   *
   * @throws IllegalStateException if something failed unexpectedly
   */
  void finish() throws InterruptedException {
    submitted.countDown();
    requireWell();
  }

  /** Whether nothing is handed over any more, because something failed unexpectedly. */
  boolean failed() {
    return handedOver.isDone();
  }

  private void requireWell() throws InterruptedException {
    try {
      handedOver.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the watch failed", e.getCause());
    }
  }

  private Void handOver() throws InterruptedException {
    handover.resume();
    while (true) {
      boolean last = submitted.getCount() == 0;
      var first = underWay.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (first != null) {
        take(first);
      } else {
        handover.idle();
        if (last) {
          return null;
        }
      }
    }
  }

  /** Takes an outcome and those after it that are there already. */
  private void take(Future<Inspection.Outcome> first) throws InterruptedException {
    var decided = new ArrayList<Decided>();
    var next = first;
    do {
      if (next != first) {
        underWay.remove();
      }
      sort(outcome(next), decided);
      next = underWay.peek();
    } while (next != null && next.isDone() && decided.size() < BATCH);
    if (!decided.isEmpty()) {
      handover.take(decided);
      decided.forEach(one -> arrivals.done(one.stamp()));
    }
  }

  private static Inspection.Outcome outcome(Future<Inspection.Outcome> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(IoReason.describe(e), e.getCause());
    }
  }

  private void sort(Inspection.Outcome outcome, ArrayList<Decided> decided) {
    if (outcome instanceof Inspection.Outcome.Done done) {
      decided.add(new Decided(done.stamp(), done.result()));
      done.result()
          .error()
          .ifPresent(
              reason ->
                  problems.occurred(
                      done.stamp().key(),
                      PrintableName.of(done.stamp().name()) + " is not usable: " + reason));
    } else if (outcome instanceof Inspection.Outcome.NoImage none) {
      arrivals.leaveOut(none.stamp());
      problems.occurred(
          none.stamp().key(),
          "left out: " + PrintableName.of(none.stamp().name()) + " " + none.reason());
    } else {
      arrivals.incomplete(outcome.stamp(), System.nanoTime());
    }
  }

  @Override
  public void close() {
    inspecting.shutdownNow();
    handing.shutdownNow();
  }
}
