package org.aand.runtime.engine;

import org.aand.runtime.kernel.ArrayRows;

/**
 * Where a plan keeps a value: an array, and the layout in it.
 *
 * @param packed as products read it, else {@code [N, H, W, C]}
 */
record Place(Value value, Buffer buffer, boolean packed) {
  float[] array() {
    return buffer.array();
  }

  /** The locations of a batch. */
  ArrayRows rows(int images) {
    return packed
        ? ArrayRows.packed(buffer.array(), images * value.locations())
        : ArrayRows.of(buffer.array(), 0, value.channels());
  }
}
