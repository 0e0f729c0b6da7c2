package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One at a time or one a core, the results are the same and come in order. */
class DetectionLoopTest {
  private static final int COUNT = 30;

  /** What a loop says, in order. */
  private static final class Said implements DetectionLoop.Handler<Integer, Integer> {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void found(Integer image, Integer found) {
      lines.add(image + " " + found);
    }

    @Override
    public void failed(int index, InputException e) {
      lines.add(index + " " + e.getMessage());
    }
  }

  private static int load(int index) {
    if (index % 7 == 3) {
      throw new InputException("unusable");
    }
    return index;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void resultsComeInOrderWithTheUnusableAmongThem(int concurrency) {
    var said = new Said();
    double seconds =
        DetectionLoop.run(COUNT, concurrency, DetectionLoopTest::load, i -> i * i, said);
    assertEquals(
        IntStream.range(0, COUNT)
            .mapToObj(i -> i + " " + (i % 7 == 3 ? "unusable" : "" + i * i))
            .toList(),
        said.lines);
    assertTrue(seconds >= 0 && Double.isFinite(seconds), seconds + " s");
  }

  @Test
  void manyImagesAreInTheDetectorAtTheSameTime() {
    // Nobody passes the barrier alone. Only the first come to it: a later one could be waited for
    // by
    // the loop, which hands out no further image until it has come, and so wait for ever.
    int together = 3;
    var barrier = new CyclicBarrier(together);
    var said = new Said();
    DetectionLoop.run(
        COUNT,
        together,
        i -> i,
        i -> {
          if (i < together) {
            try {
              barrier.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
          return i;
        },
        said);
    assertEquals(COUNT, said.lines.size());
  }

  @Test
  void fewImagesPassInTheCallingThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    DetectionLoop.run(5, 3, i -> i, i -> threads.add(Thread.currentThread()), (i, found) -> {});
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatTheDetectorThrowsEndsTheLoopAndIsNoUnusableImage(int concurrency) {
    var said = new Said();
    var e =
        assertThrows(
            InputException.class,
            () ->
                DetectionLoop.run(
                    COUNT,
                    concurrency,
                    i -> i,
                    i -> {
                      if (i == 4) {
                        throw new InputException("unusable weights");
                      }
                      return i;
                    },
                    said));
    assertEquals("unusable weights", e.getMessage());
    assertEquals(4, said.lines.size());
  }
}
