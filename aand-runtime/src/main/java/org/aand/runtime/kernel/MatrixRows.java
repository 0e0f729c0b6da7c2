package org.aand.runtime.kernel;

/**
 * Rows of an array: {@code [M, K]} with any distance of rows, so also some channels of a map. Set
 * before a call; not for several threads' calls at a time.
 */
public final class MatrixRows implements Rows {
  private float[] array = {};
  private int offset;
  private int stride;

  /** Row {@code i} begins at {@code offset + i * stride}. */
  public MatrixRows set(float[] array, int offset, int stride) {
    this.array = array;
    this.offset = offset;
    this.stride = stride;
    return this;
  }

  @Override
  public void gather(int row, int count, int k, int depth, float[] to, int at, int rowStride) {
    int from = offset + row * stride + k;
    for (int i = 0; i < count; i++) {
      System.arraycopy(array, from + i * stride, to, at + i * rowStride, depth);
    }
  }
}
