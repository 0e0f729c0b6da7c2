package org.aand.runtime.kernel;

/**
 * Some rows and panels of a product over one block of its depth. Reused from call to call.
 *
 * <ul>
 *   <li>a: {@code [rows, depth]}, rows {@link Arithmetic#ROW} apart, room for whole tiles
 *   <li>b: panels {@code panel}..{@code endPanel} of a packed matrix {@code [bRows, bColumns]},
 *       from row {@code k} of it
 *   <li>bias: by column of b, whole panels
 *   <li>init, c: {@code [rows, bColumns]}, laid out as {@link ArrayRows}; they may be the same
 * </ul>
 */
final class Block {
  float[] a = {};
  int aOffset;
  int rows;
  int depth;
  float[][] b = {};
  int bRows;
  int bColumns;
  int k;

  /** Whether b has to come from memory. */
  boolean far;

  int panel;
  int endPanel;
  float[] bias = {};
  float[] init = {};
  private int initOffset;
  int initStride;
  private int initBlockStride;
  float floor;
  float[] c = {};
  private int cOffset;
  int cStride;
  private int cBlockStride;

  /** What reading ahead came to; kept so that the compiler does not leave it out. */
  float read;

  /** Results go to rows of a plain array. */
  void resultsTo(float[] values, int offset, int stride) {
    resultsTo(values, offset, stride, Arithmetic.DEPTH);
  }

  /** Results go to rows from {@code row} on. */
  void resultsTo(ArrayRows rows, int row) {
    resultsTo(rows.values(), rows.at(row, 0), rows.stride(), rows.blockStride());
  }

  private void resultsTo(float[] values, int offset, int stride, int blockStride) {
    c = values;
    cOffset = offset;
    cStride = stride;
    cBlockStride = blockStride;
  }

  /** Sums begin with one value a column. */
  void beginWith(float[] values) {
    beginWith(values, 0, 0, Arithmetic.DEPTH);
  }

  /** Sums begin with rows from {@code row} on. */
  void beginWith(ArrayRows rows, int row) {
    beginWith(rows.values(), rows.at(row, 0), rows.stride(), rows.blockStride());
  }

  /** Sums begin with what is where results go. */
  void beginWithResults() {
    beginWith(c, cOffset, cStride, cBlockStride);
  }

  private void beginWith(float[] values, int offset, int stride, int blockStride) {
    init = values;
    initOffset = offset;
    initStride = stride;
    initBlockStride = blockStride;
  }

  /** Where the first row's value of a column is that its sum begins with. */
  int initAt(int column) {
    return initOffset + ArrayRows.inRow(column, initBlockStride);
  }

  /** Where the first row's result of a column goes. */
  int cAt(int column) {
    return cOffset + ArrayRows.inRow(column, cBlockStride);
  }
}
