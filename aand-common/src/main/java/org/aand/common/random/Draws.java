package org.aand.common.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Some of many items: drawn at random without replacement, or taken evenly. */
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

  /**
   * Takes items in equal steps from the first on, in their order.
   *
   * @param most how many at most, not negative; all where there are fewer
   */
  public static <T> List<T> evenly(List<T> items, int most) {
    int count = Math.min(most, items.size());
    return IntStream.range(0, count)
        .mapToObj(i -> items.get(Math.toIntExact((long) i * items.size() / count)))
        .toList();
  }
}
