package org.aand.runtime.kernel;

/**
 * Rows that lie in an array: a matrix {@code [M, K]}, or a map {@code [N, H, W, K]} whose pixels
 * are the rows.
 *
 * <p>Column k of row i is at {@code offset + k / D * blockStride + i * stride + k % D}, where D is
 * {@link Arithmetic#DEPTH}, the columns that a product sums at a time. There are two layouts:
 *
 * <ul>
 *   <li>plain ({@link #of}): the columns of a row next to each other, rows any distance apart
 *   <li>packed ({@link #packed}): as a product reads its left side, so that nothing is copied for
 *       it: blocks of D columns, each for all rows, rows {@link Arithmetic#ROW} apart
 * </ul>
 *
 * @param values the array
 * @param offset where row 0 begins
 * @param stride the distance of rows
 * @param blockStride the distance of blocks of D columns
 */
public record ArrayRows(float[] values, int offset, int stride, int blockStride) implements Rows {
  /** No rows. */
  static final ArrayRows NONE = of(new float[0], 0, 0);

  /** The columns of a row next to each other; also some channels of a map. */
  public static ArrayRows of(float[] values, int offset, int stride) {
    return new ArrayRows(values, offset, stride, Arithmetic.DEPTH);
  }

  /** As a product reads them, from the beginning of an array of at least {@link #packedSize}. */
  public static ArrayRows packed(float[] values, int rows) {
    return new ArrayRows(values, 0, Arithmetic.ROW, rows * Arithmetic.ROW);
  }

  /** Values that packed rows take. */
  public static int packedSize(int rows, int columns) {
    int blocks = (columns + Arithmetic.DEPTH - 1) / Arithmetic.DEPTH;
    return Math.multiplyExact(
        Math.addExact(Math.multiplyExact(blocks, rows), Arithmetic.BEYOND), Arithmetic.ROW);
  }

  /** Whether products of this JVM can write packed rows: no panel may lie in two blocks. */
  public static boolean canBePacked() {
    return Arithmetic.DEPTH % Provider.arithmetic().panelWidth() == 0;
  }

  /**
   * Whether a product can read so many rows where they are: packed ones, or plain ones that happen
   * to be as far apart, with room behind them for what a tile reads beyond.
   */
  boolean canBeReadInPlace(int rows, int columns) {
    long block = (columns - 1) / Arithmetic.DEPTH;
    long end = offset + block * blockStride + (rows + (long) Arithmetic.BEYOND) * stride;
    return stride == Arithmetic.ROW && end <= values.length;
  }

  int at(int row, int column) {
    return offset + row * stride + inRow(column, blockStride);
  }

  /** Where a column lies behind the beginning of its row. */
  static int inRow(int column, int blockStride) {
    return column / Arithmetic.DEPTH * blockStride + column % Arithmetic.DEPTH;
  }

  /** How many columns from one on, up to an end, lie next to each other. */
  int together(int column, int end) {
    int depth = Arithmetic.DEPTH;
    return blockStride == depth
        ? end - column
        : Math.min(end, (column / depth + 1) * depth) - column;
  }

  @Override
  public void gather(int row, int count, int k, int depth, float[] to, int at, int rowStride) {
    int end = k + depth;
    for (int column = k; column < end; ) {
      int length = together(column, end);
      int from = at(row, column);
      for (int i = 0; i < count; i++) {
        System.arraycopy(values, from + i * stride, to, at + column - k + i * rowStride, length);
      }
      column += length;
    }
  }
}
