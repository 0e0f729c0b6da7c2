package org.aand.detect;

import java.util.function.Function;
import java.util.function.IntFunction;
import org.aand.common.InputException;
import org.aand.common.concurrent.Prefetcher;

/**
 * The one loop in which images pass a detector, one at a time or one a core; results come in the
 * images' order. An image passes by itself, so that its score does not depend on the images beside
 * it, to the last bit.
 */
public final class DetectionLoop {
  private static final int LOADERS = 2;
  private static final int AHEAD = 4;

  private DetectionLoop() {}

  /**
   * Takes the results; called from the thread that runs the loop.
   *
   * @param <T> a loaded image
   * @param <R> what is found in it
   */
  public interface Handler<T, R> {
    /** An image has passed. */
    void found(T image, R found);

    /**
     * The image of an index cannot be used; by default that ends the loop.
     *
     * @throws InputException to end the loop
     */
    default void failed(int index, InputException e) {
      throw e;
    }
  }

  /**
   * Runs to the end.
   *
   * @param count number of images
   * @param concurrency see {@link OpenModel#concurrency}
   * @param load loads the image of an index, from several threads at once; throws an {@link
   *     InputException} if it cannot be used
   * @param detector runs in the calling thread if the concurrency is 1 or the images are few, else
   *     in several threads at once
   * @return seconds that the detector took, loading not counted
   */
  public static <T, R> double run(
      int count,
      int concurrency,
      IntFunction<T> load,
      Function<T, R> detector,
      Handler<T, R> handler) {
    return concurrency == 1 || count < 2 * concurrency
        ? oneByOne(count, load, detector, handler)
        : oneEach(count, concurrency, load, detector, handler);
  }

  /** The next images are loaded on other threads while one is in the network. */
  private static <T, R> double oneByOne(
      int count, IntFunction<T> load, Function<T, R> detector, Handler<T, R> handler) {
    long nanos = 0;
    try (var images = Prefetcher.of(count, load, LOADERS, AHEAD)) {
      for (int i = 0; i < count; i++) {
        T image;
        try {
          image = images.next();
        } catch (InputException e) {
          handler.failed(i, e);
          continue;
        }
        long start = System.nanoTime();
        R found = detector.apply(image);
        nanos += System.nanoTime() - start;
        handler.found(image, found);
      }
    }
    return nanos / 1e9;
  }

  /** What became of an image on its way through one thread. */
  private sealed interface Passed<T, R> {
    record Found<T, R>(T image, R found, long nanos) implements Passed<T, R> {}

    record Unusable<T, R>(InputException reason) implements Passed<T, R> {}
  }

  /** Every thread takes an image all the way; one more than detect, since one of them may load. */
  private static <T, R> double oneEach(
      int count,
      int concurrency,
      IntFunction<T> load,
      Function<T, R> detector,
      Handler<T, R> handler) {
    int threads = concurrency + 1;
    long nanos = 0;
    try (var images =
        Prefetcher.of(count, i -> pass(i, load, detector), threads, threads + AHEAD)) {
      for (int i = 0; i < count; i++) {
        var passed = images.next();
        if (passed instanceof Passed.Found<T, R> found) {
          nanos += found.nanos();
          handler.found(found.image(), found.found());
        } else if (passed instanceof Passed.Unusable<T, R> unusable) {
          handler.failed(i, unusable.reason());
        }
      }
    }
    return nanos / 1e9 / threads;
  }

  private static <T, R> Passed<T, R> pass(int index, IntFunction<T> load, Function<T, R> detector) {
    T image;
    try {
      image = load.apply(index);
    } catch (InputException e) {
      return new Passed.Unusable<>(e);
    }
    long start = System.nanoTime();
    R found = detector.apply(image);
    return new Passed.Found<>(image, found, System.nanoTime() - start);
  }
}
