package org.aand.detect;

import java.util.function.Function;
import java.util.function.IntFunction;
import org.aand.common.InputException;
import org.aand.common.concurrent.Prefetcher;

/**
 * The one loop in which images pass a detector: the next ones are loaded on other threads while one
 * is in the network, and results come in the images' order.
 *
 * <p>Images pass one at a time, so that a score does not depend on the images beside it, to the
 * last bit.
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
   * @param load loads the image of an index, from several threads at once; throws an {@link
   *     InputException} if it cannot be used
   * @param detector runs in the calling thread
   * @return seconds that the detector took, loading not counted
   */
  public static <T, R> double run(
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
}
