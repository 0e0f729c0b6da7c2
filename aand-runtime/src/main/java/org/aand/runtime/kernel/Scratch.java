package org.aand.runtime.kernel;

/** Arrays of one thread, kept from call to call; they grow to the largest use and stay there. */
public final class Scratch {
  /** What an array is for; those of different uses may be held at the same time. */
  static final class Use {
    static final int PACKED_ROWS = 0;
    static final int RESULT = 1;
    static final int TRANSFORMED = 2;
    static final int PATCH = 3;
    static final int LANES = 4;
    static final int EDGE_IN = 5;
    static final int EDGE_OUT = 6;
    static final int CENTRED = 7;
    static final int ITEM = 8;
    private static final int COUNT = 9;

    private Use() {}
  }

  private final float[][] arrays = new float[Use.COUNT][0];
  private float[][] rows = {};
  private float[][] panel = {};
  private int panelRows;
  private final Block block = new Block();

  Scratch() {}

  /** At least {@code size} floats with any content. */
  float[] floats(int use, int size) {
    float[] array = arrays[use];
    if (array.length < size) {
      array = new float[size];
      arrays[use] = array;
    }
    return array;
  }

  /** For one call of the inner loops. */
  Block block() {
    return block;
  }

  /** One panel of a packed matrix of at least {@code rows} rows with any content. */
  float[][] panel(int rows) {
    if (panelRows < rows) {
      Arithmetic arithmetic = Provider.arithmetic();
      panel = arithmetic.panels(rows, arithmetic.panelWidth());
      panelRows = rows;
    }
    return panel;
  }

  /** At least {@code count} arrays of {@code width} floats with any content. */
  float[][] rows(int count, int width) {
    if (rows.length < count || rows[0].length < width) {
      rows = new float[count][width];
    }
    return rows;
  }
}
