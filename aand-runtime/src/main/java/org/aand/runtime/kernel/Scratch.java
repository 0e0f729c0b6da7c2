package org.aand.runtime.kernel;

import java.util.Arrays;

/** Arrays of one thread, kept from call to call; they grow to the largest use and stay there. */
public final class Scratch {
  /** Purposes that may be in use at the same time. */
  enum Use {
    PACKED_ROWS,
    RESULT,
    TRANSFORMED,
    PATCH,
    LANES,
    EDGE_IN,
    EDGE_OUT
  }

  private static final float[] EMPTY = {};
  private final float[][] arrays = new float[Use.values().length][];
  private float[][] rows = {};
  private final Block block = new Block();

  Scratch() {
    Arrays.fill(arrays, EMPTY);
  }

  /** At least {@code size} floats with any content. */
  float[] floats(Use use, int size) {
    float[] array = arrays[use.ordinal()];
    if (array.length < size) {
      array = new float[size];
      arrays[use.ordinal()] = array;
    }
    return array;
  }

  /** For one call of the inner loops. */
  Block block() {
    return block;
  }

  /** At least {@code count} arrays of {@code width} floats with any content. */
  float[][] rows(int count, int width) {
    if (rows.length < count || rows[0].length < width) {
      rows = new float[count][width];
    }
    return rows;
  }
}
