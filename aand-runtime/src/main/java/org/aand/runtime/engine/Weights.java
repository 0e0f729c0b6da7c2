package org.aand.runtime.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of one layer: packed when the last of them has come, then dropped. */
abstract class Weights {
  private final List<String> names;
  private final Map<String, float[]> raw = new HashMap<>();

  Weights(List<String> names) {
    this.names = names;
  }

  /** Full names of the parameters that it takes. */
  final List<String> names() {
    return names;
  }

  /**
   * Takes the values of a parameter.
   *
   * @return whether they were the last ones
   */
  final boolean take(String name, float[] values) {
    raw.put(name, values);
    return raw.size() == names.size();
  }

  /**
   * Prepares to take a parameter part by part, as its values come, instead of by {@link #take};
   * empty if it has to be taken as a whole.
   */
  Optional<Part> parts(String name) {
    return Optional.empty();
  }

  /** Takes whole rows of a parameter's last dimension, in order. */
  @FunctionalInterface
  interface Part {
    /**
     * Takes some rows.
     *
     * @param row the first one
     * @param values of the rows, from index 0 on
     */
    void put(int row, int rows, float[] values);
  }

  /** Lays the values out for the kernels. */
  final void pack() {
    pack(raw);
  }

  /** Gives up the values, which are packed. */
  final List<float[]> release() {
    var values = List.copyOf(raw.values());
    raw.clear();
    return values;
  }

  /**
   * Lays the values out for the kernels; may overwrite them. Arrays may be longer than they, and
   * are empty for a parameter that came part by part.
   */
  abstract void pack(Map<String, float[]> values);

  /** The values of a parameter. */
  static float[] get(Map<String, float[]> values, String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalStateException("no values of the parameter " + name);
    }
    return found;
  }
}
