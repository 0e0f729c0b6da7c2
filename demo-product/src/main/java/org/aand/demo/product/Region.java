package org.aand.demo.product;

/**
 * A rectangle of samples.
 *
 * @param left the first column
 * @param right the column after the last
 * @param top the first row
 * @param bottom the row after the last
 */
record Region(int left, int right, int top, int bottom) {
  static final Region NONE = new Region(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, 0);

  static Region whole(int side) {
    return new Region(0, side, 0, side);
  }

  boolean contains(int row, int column) {
    return column >= left && column < right && row >= top && row < bottom;
  }

  /** The least rectangle that holds a sample as well. */
  Region with(int row, int column) {
    return contains(row, column)
        ? this
        : new Region(
            Math.min(left, column),
            Math.max(right, column + 1),
            Math.min(top, row),
            Math.max(bottom, row + 1));
  }

  /** Larger on all sides, within the image. */
  Region grown(int by, int side) {
    return new Region(
        Math.max(0, left - by),
        Math.min(side, right + by),
        Math.max(0, top - by),
        Math.min(side, bottom + by));
  }
}
