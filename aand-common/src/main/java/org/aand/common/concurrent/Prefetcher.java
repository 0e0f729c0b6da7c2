package org.aand.common.concurrent;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Loads items ahead of their use on daemon threads of its own and hands them out in order.
 *
 * <p>Item i is what the load function makes of i, whatever the number of threads; besides the one
 * that is being taken, at most {@code ahead} items exist. What loading item i throws is thrown by
 * the {@link #next} that would give it: the very exception, so that an {@link
 * org.aand.common.InputException} still names its file. After that the items behind it can be
 * taken. For one consumer thread.
 *
 * <p>{@link #close} ends the threads, whether or not all items were taken; items that nobody took
 * are closed if they are {@link AutoCloseable}.
 *
 * @param <T> the items: images, synthetic samples, whole batches
 */
public final class Prefetcher<T> implements Iterator<T>, AutoCloseable {
  private static final AtomicInteger POOLS = new AtomicInteger();
  private static final long SECONDS_TO_END = 60;

  private final int count;
  private final IntFunction<T> load;
  private final ExecutorService workers;
  private final ArrayDeque<CompletableFuture<T>> pending = new ArrayDeque<>();
  private int requested;
  private boolean closed;

  private Prefetcher(int count, IntFunction<T> load, int threads, int ahead) {
    this.count = count;
    this.load = load;
    int pool = POOLS.incrementAndGet();
    var number = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              var thread = new Thread(task, "prefetch-" + pool + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < Math.min(count, ahead); i++) {
      request();
    }
  }

  /**
   * Starts loading.
   *
   * @param count how many items there are
   * @param load makes item 0 .. count-1; called from several threads at once
   * @param threads how many threads, at least 1
   * @param ahead how many items are loaded or being loaded before they are asked for, at least 1
   */
  public static <T> Prefetcher<T> of(int count, IntFunction<T> load, int threads, int ahead) {
    if (count < 0 || threads < 1 || ahead < 1) {
      throw new IllegalArgumentException(
          count + " items, " + threads + " threads, " + ahead + " ahead");
    }
    return new Prefetcher<>(count, load, threads, ahead);
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty();
  }

  /**
   * The next item; waits for it if need be.
   *
   * @throws NoSuchElementException after the last one, or when closed
   */
  @Override
  public T next() {
    if (pending.isEmpty()) {
      throw new NoSuchElementException(closed ? "closed" : "all " + count + " items were taken");
    }
    var first = pending.remove();
    if (requested < count) {
      request();
    }
    try {
      return first.get();
    } catch (InterruptedException e) {
      discard(first);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an item", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void request() {
    int index = requested++;
    var item = new CompletableFuture<T>();
    pending.add(item);
    workers.execute(() -> fulfil(item, index));
  }

  private void fulfil(CompletableFuture<T> item, int index) {
    try {
      T value = load.apply(index);
      if (!item.complete(value)) {
        release(value);
      }
    } catch (Throwable e) { // handed to the consumer, whatever it is
      item.completeExceptionally(e);
    }
  }

  /** Either the item never arrives, or it has arrived and is released here. */
  private static <T> void discard(CompletableFuture<T> item) {
    if (!item.cancel(false) && !item.isCompletedExceptionally()) {
      release(item.join());
    }
  }

  private static void release(Object value) {
    if (value instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("an item that was loaded ahead does not close", e);
      }
    }
  }

  /** Interrupts the threads and waits until they have ended. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    workers.shutdownNow();
    pending.forEach(Prefetcher::discard);
    pending.clear();
    try {
      if (!workers.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("loading an item does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
