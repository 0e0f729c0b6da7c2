package org.aand.runtime.kernel;

/**
 * The left side of a product, {@code [M, K]}, copied block by block; {@link ArrayRows} that are
 * packed are read where they are.
 */
@FunctionalInterface
public interface Rows {
  /**
   * Copies one block.
   *
   * @param row the first row
   * @param count rows
   * @param k the first column
   * @param depth columns
   * @param to receives row {@code i} at {@code at + i * rowStride}
   * @param at the first place in {@code to}
   * @param rowStride the distance of rows in {@code to}
   */
  void gather(int row, int count, int k, int depth, float[] to, int at, int rowStride);
}
