package org.aand.model;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.RgbImage;

/**
 * How an image larger than the network's input is processed: in overlapping square tiles.
 *
 * <p>With N the resolution, S the tile size and V the least overlap there are n = ceil((N - V) / (S
 * - V)) tiles along each side, the i-th beginning at round(i (N - S) / (n - 1)), so that the first
 * and the last touch the image's borders. Tiles are in row-major order. N = S is one tile, the
 * image itself.
 *
 * @param resolution N, width and height in pixels that images are resized to
 * @param tileSize S, width and height in pixels of the network's input
 * @param overlap V, pixels that neighbouring tiles share at least; at most half a tile
 */
public record Tiling(int resolution, int tileSize, int overlap) {
  /** The greatest resolution processed in tiles; a test set's maps are in memory together. */
  public static final int MAX_RESOLUTION = 1024;

  private static final int OVERLAPPING_PART = 4;

  /**
   * @throws IllegalArgumentException if the resolution is below the tile size, or above {@value
   *     #MAX_RESOLUTION} with more than one tile, or the overlap is not in [1, S / 2]
   */
  public Tiling {
    if (tileSize < 2 || resolution < tileSize) {
      throw new IllegalArgumentException(
          "the resolution "
              + resolution
              + " is below the image size "
              + tileSize
              + "; it has to be at least that");
    }
    if (resolution > tileSize && resolution > MAX_RESOLUTION) {
      throw new IllegalArgumentException(
          "the resolution " + resolution + " is above the greatest one, " + MAX_RESOLUTION);
    }
    if (overlap < 1 || overlap > tileSize / 2) {
      throw new IllegalArgumentException(
          "tiles of " + tileSize + " pixels cannot overlap by " + overlap);
    }
  }

  /** Tiles that overlap by at least a quarter. */
  public static Tiling of(int resolution, int tileSize) {
    return new Tiling(resolution, tileSize, Math.max(1, tileSize / OVERLAPPING_PART));
  }

  /** The whole image as one tile. */
  public static Tiling whole(int size) {
    return of(size, size);
  }

  /** Whether there is more than one tile. */
  public boolean divides() {
    return resolution > tileSize;
  }

  /** n: tiles along a side. */
  public int perSide() {
    int step = tileSize - overlap;
    return (resolution - tileSize + step - 1) / step + 1;
  }

  /** Tiles of an image: n n. */
  public int count() {
    return perSide() * perSide();
  }

  /** Where the i-th tile of a side begins, in pixels. */
  public int start(int i) {
    int n = perSide();
    return n == 1 ? 0 : (int) Math.round((double) i * (resolution - tileSize) / (n - 1));
  }

  /** The tiles of an image of {@code [N, N, 3]}; itself where there is one. */
  public List<RgbImage> cut(RgbImage whole) {
    var tiles = new ArrayList<RgbImage>();
    for (int t = 0; t < count(); t++) {
      byte[] tile = new byte[tileSize * tileSize * 3];
      copy(whole.pixels(), tile, t, 3);
      tiles.add(divides() ? new RgbImage(tileSize, tileSize, tile) : whole);
    }
    return tiles;
  }

  /** The tiles of a mask of {@code [N, N]}. */
  public List<byte[]> cut(byte[] mask) {
    var tiles = new ArrayList<byte[]>();
    for (int t = 0; t < count(); t++) {
      byte[] tile = new byte[tileSize * tileSize];
      copy(mask, tile, t, 1);
      tiles.add(tile);
    }
    return tiles;
  }

  /** The t-th tile, {@code [S, S, 3]}, of a normalised image, {@code [N, N, 3]}. */
  public float[] tile(float[] whole, int t) {
    float[] tile = new float[tileSize * tileSize * 3];
    copy(whole, tile, t, 3);
    return tile;
  }

  /** Copies the t-th tile of an array with so many channels. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of one primitive type
  private void copy(Object from, Object to, int t, int channels) {
    if (java.lang.reflect.Array.getLength(from) != resolution * resolution * channels) {
      throw new IllegalArgumentException(
          java.lang.reflect.Array.getLength(from)
              + " values for an image of "
              + resolution
              + "x"
              + resolution);
    }
    int top = start(t / perSide());
    int left = start(t % perSide());
    int length = tileSize * channels;
    for (int y = 0; y < tileSize; y++) {
      System.arraycopy(from, ((top + y) * resolution + left) * channels, to, y * length, length);
    }
  }

  @Override
  public String toString() {
    return resolution + "x" + resolution + " in " + count() + " overlapping tiles";
  }
}
