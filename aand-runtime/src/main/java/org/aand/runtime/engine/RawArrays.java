package org.aand.runtime.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The larger arrays that parameters are read into, used again as soon as they are packed: memory
 * that is new costs more time than what is copied there. Safe to use from two threads.
 */
final class RawArrays {
  // Smaller arrays come new.
  private static final int SMALL = 1 << 12;

  // Larger ones may be longer than they have to be, and are held as long as they fit what comes.
  private static final int LARGE = 1 << 18;

  private final Deque<float[]> idle = new ArrayDeque<>();

  /** So long, or longer where it is large, with any content. */
  synchronized float[] take(int length) {
    if (length >= SMALL) {
      for (var i = idle.iterator(); i.hasNext(); ) {
        float[] array = i.next();
        if (array.length == length || (length >= LARGE && array.length > length)) {
          i.remove();
          return array;
        }
      }
    }
    if (length >= LARGE) {
      idle.removeIf(array -> array.length >= LARGE);
    }
    return new float[length];
  }

  /** Takes an array that is not used any more. */
  synchronized void giveBack(float[] array) {
    if (array.length >= SMALL) {
      idle.push(array);
    }
  }
}
