package org.aand.report;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unmodifiable copies of maps that keep their order, which {@link Map#copyOf} does not. */
final class Values {
  private Values() {}

  static <V> Map<String, V> ordered(Map<String, V> map, String what) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(requireNonNull(map, what)));
  }

  /** The copy has {@code null} for NaN and infinities, which JSON has no number for. */
  static Map<String, @Nullable Double> finiteOrNull(
      Map<String, @Nullable Double> map, String what) {
    var copy = new LinkedHashMap<String, @Nullable Double>();
    requireNonNull(map, what)
        .forEach((key, value) -> copy.put(key, value == null || !isFinite(value) ? null : value));
    return Collections.unmodifiableMap(copy);
  }

  private static boolean isFinite(Double value) {
    return Double.isFinite(value);
  }
}
