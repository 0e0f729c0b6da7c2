package org.aand.serve.sink;

import java.util.function.Consumer;

/**
 * Tells people what goes wrong while the work goes on. Each problem is told once, and again at long
 * intervals while it lasts. Safe to use from many threads.
 */
public interface Problems extends AutoCloseable {
  /**
   * Tells people by lines.
   *
   * @param out takes the lines, one at a time
   */
  static Problems toPeople(Consumer<String> out) {
    return new RateLimitedProblems(out, System::nanoTime);
  }

  /**
   * Something goes wrong.
   *
   * @param key what it concerns, such as a sink's name or a file: told once for each
   * @param line what, where, what to do
   */
  void occurred(String key, String line);

  /**
   * It does no longer; told if it was told that it did.
   *
   * @param line what is well again
   */
  void over(String key, String line);

  /** Tells what has not been told, if there is something. */
  @Override
  default void close() {}
}
