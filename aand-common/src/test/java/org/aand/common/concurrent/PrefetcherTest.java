package org.aand.common.concurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PrefetcherTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void itemsComeInOrderWhateverTheThreads(int threads) {
    for (int ahead : new int[] {1, 3, 100}) {
      try (var batches = Prefetcher.of(50, PrefetcherTest::slowly, threads, ahead)) {
        var taken = new ArrayList<Integer>();
        batches.forEachRemaining(taken::add);
        assertEquals(IntStream.range(0, 50).map(i -> i * i).boxed().toList(), taken);
        assertThrows(NoSuchElementException.class, batches::next);
      }
    }
  }

  @Test
  void noMoreIsLoadedAheadThanAsked() throws InterruptedException {
    var started = new AtomicInteger();
    try (var batches = Prefetcher.of(100, i -> started.incrementAndGet(), 2, 4)) {
      for (int taken = 0; taken < 20; taken++) {
        Thread.sleep(2);
        assertTrue(started.get() <= taken + 4, started + " started, " + taken + " taken");
        batches.next();
      }
    }
  }

  @Test
  void itemsAreLoadedBeforeTheyAreAskedFor() throws InterruptedException {
    var loaded = new CountDownLatch(3);
    try (var batches =
        Prefetcher.of(
            5,
            i -> {
              loaded.countDown();
              return i;
            },
            1,
            3)) {
      assertTrue(loaded.await(60, TimeUnit.SECONDS), "nobody has asked yet");
      assertEquals(0, batches.next());
    }
  }

  @Test
  void theOriginalExceptionComesAtItsPlace() {
    var failure = new InputException("the image x.png is damaged");
    try (var batches =
        Prefetcher.of(
            4,
            i -> {
              if (i == 2) {
                throw failure;
              }
              return i;
            },
            3,
            4)) {
      assertEquals(0, batches.next());
      assertEquals(1, batches.next());
      assertSame(failure, assertThrows(InputException.class, batches::next));
      assertEquals(3, batches.next());
      assertFalse(batches.hasNext());
    }
  }

  @Test
  void errorsOfTheMachineComeThrough() {
    var failure = new OutOfMemoryError("in a test");
    try (var batches =
        Prefetcher.<Integer>of(
            1,
            i -> {
              throw failure;
            },
            1,
            1)) {
      assertSame(failure, assertThrows(OutOfMemoryError.class, batches::next));
    }
  }

  @Test
  void closingEndsTheThreadsInTheMiddleOfWork() throws InterruptedException {
    var workers = new ConcurrentLinkedQueue<Thread>();
    var batches =
        Prefetcher.of(
            1000,
            i -> {
              workers.add(Thread.currentThread());
              return slowly(i);
            },
            3,
            10);
    batches.next();
    batches.close();
    batches.close();
    assertFalse(batches.hasNext());
    assertThrows(NoSuchElementException.class, batches::next);
    assertFalse(workers.isEmpty());
    for (Thread worker : workers) {
      assertTrue(worker.isDaemon());
      worker.join(60_000); // its last item has ended; the thread itself may still be leaving
      assertFalse(worker.isAlive());
    }
  }

  @Test
  void closingReleasesWhatNobodyTookAndOnlyThat() {
    List<Item> items = new ArrayList<>();
    IntStream.range(0, 200).forEach(i -> items.add(new Item()));
    var batches =
        Prefetcher.of(
            200,
            i -> {
              slowly(i);
              items.get(i).made.incrementAndGet();
              return items.get(i);
            },
            3,
            8);
    for (int i = 0; i < 20; i++) {
      assertSame(items.get(i), batches.next());
    }
    batches.close();
    for (int i = 0; i < items.size(); i++) {
      int expected = i < 20 ? 0 : items.get(i).made.get();
      assertEquals(expected, items.get(i).closed.get(), "item " + i);
    }
  }

  @Test
  void nothingIsNothing() {
    try (var batches = Prefetcher.of(0, i -> i, 1, 1)) {
      assertFalse(batches.hasNext());
    }
    assertThrows(IllegalArgumentException.class, () -> Prefetcher.of(1, i -> i, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Prefetcher.of(1, i -> i, 1, 0));
  }

  private static final class Item implements AutoCloseable {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /** Even items take longer than odd ones. */
  private static int slowly(int i) {
    try {
      Thread.sleep(i % 2 == 0 ? 2 : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return i * i;
  }
}
