package org.aand.runtime.kernel;

/**
 * Some rows and panels of a product over one block of its depth. Reused from call to call.
 *
 * <ul>
 *   <li>a: {@code [rows, depth]}, rows {@link Arithmetic#ROW} apart, room for whole tiles
 *   <li>b: panels {@code panel}..{@code endPanel} of a packed matrix {@code [bRows, bColumns]},
 *       from row {@code k} of it
 *   <li>bias: by column of b, whole panels
 *   <li>init, c: {@code [rows, columns of the panels]}; they may be the same
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
  int initOffset;
  int initStride;
  float floor;
  float[] c = {};
  int cOffset;
  int cStride;

  /** What reading ahead came to; kept so that the compiler does not leave it out. */
  float read;
}
