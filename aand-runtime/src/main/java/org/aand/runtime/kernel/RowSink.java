package org.aand.runtime.kernel;

/** Where the rows of a product go if they are no plain matrix. */
@FunctionalInterface
interface RowSink {
  /**
   * Takes one finished block.
   *
   * @param c {@code [rows, columns]}, {@code stride} apart, from index 0
   */
  void store(int row, int rows, int column, int columns, float[] c, int stride);
}
