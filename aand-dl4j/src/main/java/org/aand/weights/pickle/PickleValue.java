package org.aand.weights.pickle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle describes.
 *
 * <p>Lists and dictionaries are filled after they are made and may contain themselves: whoever
 * walks through values has to stop somewhere.
 */
public sealed interface PickleValue {
  /** Python's {@code None}. */
  record None() implements PickleValue {}

  /** A text. */
  record Text(String text) implements PickleValue {}

  /** An integer of any size. */
  record Whole(BigInteger value) implements PickleValue {}

  /** A floating-point number. */
  record Real(double value) implements PickleValue {}

  /** A truth value. */
  record Truth(boolean value) implements PickleValue {}

  /** A tuple. */
  record Tuple(List<PickleValue> items) implements PickleValue {}

  /**
   * One of the names that {@link PickleNames} knows.
   *
   * @param name module and name, joined by a dot
   */
  record Name(String name) implements PickleValue {}

  /** What {@link PickleNames} has made. */
  non-sealed interface Made extends PickleValue {}

  /** A list. */
  final class Sequence implements PickleValue {
    private final List<PickleValue> items = new ArrayList<>();

    /** Its items, which the machine adds to. */
    public List<PickleValue> items() {
      return items;
    }
  }

  /** A dictionary, in the order of its entries; keys are texts and integers. */
  final class Dictionary implements PickleValue {
    private final Map<PickleValue, PickleValue> entries = new LinkedHashMap<>();

    /** Its entries, which the machine adds to. */
    public Map<PickleValue, PickleValue> entries() {
      return entries;
    }

    /**
     * Adds or replaces an entry.
     *
     * @throws PickleException if the key is neither a text nor an integer
     */
    public void put(PickleValue key, PickleValue value) throws PickleException {
      if (!(key instanceof Text) && !(key instanceof Whole)) {
        throw new PickleException(
            "a dictionary of the pickle has a key that is no text or integer");
      }
      entries.put(key, value);
    }
  }
}
