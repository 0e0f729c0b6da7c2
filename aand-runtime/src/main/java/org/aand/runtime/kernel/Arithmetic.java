package org.aand.runtime.kernel;

/** The inner loops, in the two forms that a JVM may run. */
interface Arithmetic {
  /** The depth of one block of a product; the order of every sum follows from it. */
  int DEPTH = 256;

  /**
   * The distance of packed rows. A constant, so that every row of a tile is a fixed displacement;
   * no power of two, so that the rows of a tile lie in different sets of the cache.
   */
  int ROW = DEPTH + 16;

  /** Rows that a tile may read beyond the last one, where a left side needs room for them. */
  int BEYOND = 10;

  /** What was chosen, for people. */
  String description();

  /** Rows of the register tile. */
  int tileRows();

  /** Columns of a panel of a packed matrix. */
  int panelWidth();

  /** Room for a packed matrix {@code [k, n]}, filled by {@link #putRows} or {@link #putColumns}. */
  float[][] panels(int k, int n);

  /** Packs rows from {@code row} on of a matrix {@code [k, n]} for {@link #multiply}. */
  void putRows(float[][] panels, int k, int n, int row, int rows, float[] values, int offset);

  /** Packs columns from {@code column} on, {@code [count, k]}. */
  void putColumns(
      float[][] panels, int k, int n, int column, int count, float[] values, int offset);

  /** Copies the column of a packed matrix {@code [k, n]} to {@code [k]} from {@code at} on. */
  void column(float[][] panels, int k, int column, float[] to, int at);

  /** Multiplies a panel of {@code k} rows by {@code scales}, as many as it is wide. */
  void scale(float[][] panels, int k, int panel, float[] scales);

  /**
   * Makes the sums of taps that planes of a packed 3x3 kernel are. Rows are counted over all
   * panels.
   *
   * @param row where tap 0 begins; tap t begins at row {@code row + t * tapRows}
   * @param rows of every tap
   * @param to slot s begins at row {@code s * slotRows}
   */
  void kernelSums(
      KernelTransform transform,
      float[][] kernel,
      int row,
      int tapRows,
      int rows,
      float[][] to,
      int slotRows);

  /** {@code c = max(init + bias + a x b, floor)} for one block. */
  void multiply(Block block, Scratch scratch);

  /** The transforms of F(2x2, 3x3) or F(4x4, 3x3). */
  WinogradTransform transform(int outputs);

  /** Element-wise functions. */
  ElementKernels elements();
}
