package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aand.common.file.IoReason;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;

/**
 * Hands the results of a service on to its sinks, by a thread of its own, so that no answer waits
 * for a disk. A sink that fails is tried again, while a bounded number of results waits in memory;
 * beyond, new ones are dropped, which is told.
 */
public final class ResultQueue implements AutoCloseable {
  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 100;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final List<ResultSink> sinks;
  private final Clock clock;
  private final Problems problems;
  private final BlockingQueue<ResultRecord> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "results");

  private ResultQueue(List<ResultSink> sinks, Clock clock, Problems problems) {
    this.sinks = List.copyOf(sinks);
    this.clock = clock;
    this.problems = problems;
    thread.setDaemon(true);
  }

  /**
   * Begins to hand on.
   *
   * @param sinks closed by the caller, after the queue
   */
  public static ResultQueue start(List<ResultSink> sinks, Clock clock, Problems problems) {
    var queue = new ResultQueue(sinks, clock, problems);
    queue.thread.start();
    return queue;
  }

  /**
   * Takes a result.
   *
   * @param model the name of the model that decided
   * @param row from {@link org.aand.api.DetectionRow}
   */
  public void accept(String model, ObjectNode row) {
    if (sinks.isEmpty()) {
      return;
    }
    // A request is an image of its own, whatever it sends.
    var result = ResultRecord.of(UUID.randomUUID().toString(), clock.instant(), model, row);
    if (!waiting.offer(result)) {
      problems.occurred(
          "results", "more than " + MOST_WAITING + " results wait in memory; new ones are dropped");
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0 || !waiting.isEmpty()) {
        var first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          var batch = new ArrayList<>(List.of(first));
          waiting.drainTo(batch, BATCH - 1);
          for (var sink : sinks) {
            write(sink, batch);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(ResultSink sink, List<ResultRecord> batch) throws InterruptedException {
    var name = sink.status().name();
    // Not the name alone, by which a sink tells that its other side is away.
    var key = "write " + name;
    while (true) {
      try {
        sink.write(batch);
        problems.over(key, name + " can be written again");
        return;
      } catch (IOException e) {
        problems.occurred(key, "cannot write " + name + " (" + IoReason.of(e) + "); tried again");
        if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          problems.occurred(key + " end", batch.size() + " results did not get to " + name);
          return;
        }
      }
    }
  }

  /** Hands on what waits, then ends. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LONGEST_END.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        problems.occurred("results end", waiting.size() + " results were not handed on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
