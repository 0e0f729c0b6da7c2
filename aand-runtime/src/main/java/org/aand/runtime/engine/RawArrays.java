package org.aand.runtime.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The large arrays that kernels are read into, used again as soon as a kernel is packed: memory
 * that is new costs more time than what is copied there. Safe to use from two threads.
 */
final class RawArrays {
  // Smaller arrays come new and exactly as long as they have to be.
  private static final int LARGE = 1 << 18;

  private final Deque<float[]> idle = new ArrayDeque<>();

  /** At least so long, with any content. */
  synchronized float[] take(int length) {
    if (length >= LARGE) {
      while (!idle.isEmpty()) {
        float[] array = idle.pop();
        if (array.length >= length) {
          return array;
        }
      }
    }
    return new float[length];
  }

  /** Takes an array that is not used any more. */
  synchronized void giveBack(float[] array) {
    if (array.length >= LARGE) {
      idle.push(array);
    }
  }
}
