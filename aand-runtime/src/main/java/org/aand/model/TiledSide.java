package org.aand.model;

/**
 * One side of an image in overlapping tiles.
 *
 * <p>With N the side's length, S the tile's and V the least overlap there are n = ceil((N - V) / (S
 * - V)) tiles, the i-th beginning at round(i (N - S) / (n - 1)), so that the first and the last
 * touch the image's borders.
 *
 * @param length N in pixels, at least S
 * @param tile S in pixels
 * @param overlap V, pixels that neighbours share at least
 */
public record TiledSide(int length, int tile, int overlap) {
  /** n: how many tiles there are. */
  public int count() {
    int step = tile - overlap;
    return length == tile ? 1 : (length - tile + step - 1) / step + 1;
  }

  /** Where the i-th tile begins, in pixels. */
  public int start(int i) {
    int n = count();
    return n == 1 ? 0 : (int) Math.round((double) i * (length - tile) / (n - 1));
  }
}
