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

  /** What was chosen, for people. */
  String description();

  /** Rows of the register tile. */
  int tileRows();

  /** Columns of a panel of a packed matrix. */
  int panelWidth();

  /** Packs {@code [k, n]} for {@link #multiply}. */
  float[][] pack(float[] b, int offset, int k, int n);

  /** {@code c = max(init + bias + a x b, floor)} for one block. */
  void multiply(Block block, Scratch scratch);

  /** The transforms of F(2x2, 3x3) or F(4x4, 3x3). */
  WinogradTransform transform(int outputs);

  /** Element-wise functions. */
  ElementKernels elements();
}
