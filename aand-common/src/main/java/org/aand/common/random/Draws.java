package org.aand.common.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random draws without replacement. */
public final class Draws {
  private Draws() {}

  /**
   * Draws items, each at most once, in random order (the beginning of a Fisher-Yates shuffle).
   *
   * @param count how many, at most all
   * @throws IllegalArgumentException if there are not so many
   */
  public static <T> List<T> withoutReplacement(List<T> items, int count, RandomGenerator random) {
    if (count < 0 || count > items.size()) {
      throw new IllegalArgumentException(count + " of " + items.size() + " items");
    }
    var order = new ArrayList<>(items);
    for (int i = 0; i < count; i++) {
      Collections.swap(order, i, i + random.nextInt(order.size() - i));
    }
    return List.copyOf(order.subList(0, count));
  }
}
