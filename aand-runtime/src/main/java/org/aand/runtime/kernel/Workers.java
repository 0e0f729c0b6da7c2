package org.aand.runtime.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share the tasks of one call; the calling thread is one of them.
 *
 * <p>Every thread starts with its own consecutive share and then helps the others, so a thread that
 * wakes late delays nobody. Waiting threads spin for a bounded time, because a network makes its
 * calls in quick succession, and then sleep.
 */
public final class Workers implements AutoCloseable {
  /** The body of a parallel loop. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does one part.
     *
     * @param index the part, from 0
     * @param scratch arrays of the thread that runs it
     */
    void run(int index, Scratch scratch);
  }

  private static final long SPIN_NANOS = 40_000;
  private static final int SPINS_PER_LOOK = 32;
  private static final int BITS = 21;
  private static final int MASK = (1 << BITS) - 1;
  // Shares lie on cache lines of their own.
  private static final int APART = 16;

  private final int threads;
  private final Scratch[] scratches;
  private final Scratch between = new Scratch();
  private final Thread[] helpers;
  // Of each share: run (22 bits), next index, end. One word, so that a late thread of an earlier
  // run can never take from a later one with stale bounds.
  private final AtomicLongArray shares;
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicIntegerArray asleep;
  private volatile @Nullable Task task;
  private volatile int run;
  private volatile @Nullable Thread caller;
  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param threads including the caller's, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed, not " + threads);
    }
    this.threads = threads;
    shares = new AtomicLongArray((threads + 1) * APART);
    asleep = new AtomicIntegerArray(threads);
    scratches = new Scratch[threads];
    for (int i = 0; i < threads; i++) {
      scratches[i] = new Scratch();
    }
    helpers = new Thread[threads - 1];
    for (int i = 1; i < threads; i++) {
      int worker = i;
      Thread t = new Thread(() -> help(worker), "aand-worker-" + i);
      t.setDaemon(true);
      helpers[i - 1] = t;
      t.start();
    }
  }

  /** The number of threads, the caller's included. */
  public int threads() {
    return threads;
  }

  /** Arrays for what one run leaves to the next; of the one caller at a time. */
  Scratch scratch() {
    return between;
  }

  /**
   * Runs a task for all of 0..count-1 and returns when all are done. One call at a time; a task
   * must not call it again.
   *
   * @throws IllegalStateException if the workers are closed
   */
  public synchronized void run(int count, Task body) {
    if (closed) {
      throw new IllegalStateException("the workers are closed");
    }
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        body.run(i, scratches[0]);
      }
      return;
    }
    if (count > MASK) {
      throw new IllegalArgumentException("too many tasks: " + count);
    }
    caller = Thread.currentThread();
    task = body;
    pending.set(count);
    int next = (run + 1) & ((1 << 22) - 1);
    for (int i = 0; i < threads; i++) {
      long from = (long) count * i / threads;
      long to = (long) count * (i + 1) / threads;
      shares.set((i + 1) * APART, (long) next << (2 * BITS) | from << BITS | to);
    }
    run = next;
    wake();
    work(0, next);
    await();
    task = null;
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
  }

  private void wake() {
    for (int i = 1; i < threads; i++) {
      if (asleep.get(i) != 0) {
        LockSupport.unpark(helpers[i - 1]);
      }
    }
  }

  private void await() {
    long start = System.nanoTime();
    while (pending.get() != 0) {
      for (int i = 0; i < SPINS_PER_LOOK && pending.get() != 0; i++) {
        Thread.onSpinWait();
      }
      if (System.nanoTime() - start > SPIN_NANOS && pending.get() != 0) {
        LockSupport.parkNanos(this, 1_000_000);
      }
    }
  }

  private void work(int worker, int current) {
    for (int i = 0; i < threads; i++) {
      int share = (worker + i) % threads;
      for (int index = take(share, current); index >= 0; index = take(share, current)) {
        perform(index, scratches[worker]);
      }
    }
  }

  private void perform(int index, Scratch scratch) {
    try {
      // A taken index keeps the run alive, so this is its task.
      Task body = task;
      if (body != null) {
        body.run(index, scratch);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      Thread waiting = caller;
      if (pending.decrementAndGet() == 0 && waiting != null) {
        if (waiting != Thread.currentThread()) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  private int take(int share, int current) {
    int slot = (share + 1) * APART;
    while (true) {
      long word = shares.get(slot);
      int next = (int) (word >>> BITS) & MASK;
      if ((int) (word >>> (2 * BITS)) != current || next >= (int) (word & MASK)) {
        return -1;
      }
      if (shares.compareAndSet(slot, word, word + (1L << BITS))) {
        return next;
      }
    }
  }

  private void help(int worker) {
    int seen = 0;
    while (!closed) {
      int current = awaitRun(worker, seen);
      if (current != seen) {
        seen = current;
        work(worker, current);
      }
    }
  }

  private int awaitRun(int worker, int seen) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SPIN_NANOS) {
      for (int i = 0; i < SPINS_PER_LOOK; i++) {
        if (run != seen) {
          return run;
        }
        Thread.onSpinWait();
      }
    }
    asleep.set(worker, 1);
    // Looks again after saying so: either this sees the run or the caller sees the sleeper.
    while (run == seen && !closed) {
      LockSupport.park(this);
    }
    asleep.set(worker, 0);
    return run;
  }

  /** Ends the threads; a call in progress finishes first. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Thread t : helpers) {
      LockSupport.unpark(t);
    }
    boolean interrupted = false;
    for (Thread t : helpers) {
      while (t.isAlive()) {
        try {
          t.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
