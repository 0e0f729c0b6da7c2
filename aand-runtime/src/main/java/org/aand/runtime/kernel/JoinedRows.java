package org.aand.runtime.kernel;

/**
 * Several left sides beside each other, {@code [M, K1 + K2 + ...]}: the product of joined maps
 * without joining them.
 */
public final class JoinedRows implements Rows {
  private final Rows[] parts;
  private final int[] depths;

  /**
   * Joins rows.
   *
   * @param parts from left to right
   * @param depths columns of each
   */
  public JoinedRows(Rows[] parts, int[] depths) {
    if (parts.length != depths.length) {
      throw new IllegalArgumentException(parts.length + " parts, " + depths.length + " depths");
    }
    this.parts = parts.clone();
    this.depths = depths.clone();
  }

  @Override
  public void gather(int row, int count, int k, int depth, float[] to, int at, int rowStride) {
    int begin = 0;
    for (int p = 0; p < parts.length; p++) {
      int from = Math.max(k, begin);
      int end = Math.min(k + depth, begin + depths[p]);
      if (from < end) {
        parts[p].gather(row, count, from - begin, end - from, to, at + from - k, rowStride);
      }
      begin += depths[p];
    }
  }
}
