package org.aand.runtime.engine;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other beside the thread that adds them, which waits until the one before
 * is done. What a task throws is thrown by the next call. The thread ends by itself when nothing is
 * left to do.
 */
final class PackingThread {
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          0, 1, 100, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), PackingThread::daemon);
  private final Semaphore open = new Semaphore(1);
  private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

  private static Thread daemon(Runnable body) {
    var thread = new Thread(body, "aand-packing");
    thread.setDaemon(true);
    return thread;
  }

  /** Adds a task; waits until the one before is done, as each may hold much memory. */
  void add(Runnable task) {
    open.acquireUninterruptibly();
    executor.execute(
        () -> {
          try {
            if (thrown.get() == null) {
              task.run();
            }
          } catch (RuntimeException | Error e) {
            thrown.set(e);
          } finally {
            open.release();
          }
        });
    rethrow();
  }

  /** Waits for all tasks. */
  void finish() {
    open.acquireUninterruptibly();
    open.release();
    rethrow();
  }

  private void rethrow() {
    var e = thrown.get();
    if (e instanceof Error error) {
      throw error;
    } else if (e instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
