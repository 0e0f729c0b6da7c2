package org.aand.model;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;

/**
 * How an image larger than the network's input is processed: in overlapping tiles along either
 * side, in row-major order. An image of the input's size is one tile, itself.
 *
 * @param resolution that images are resized to, in pixels
 * @param tileSize of the network's input, in pixels
 * @param overlap pixels that neighbouring tiles share at least; at most half a tile
 */
public record Tiling(ImageSize resolution, ImageSize tileSize, int overlap) {
  /** The longest side of an image processed in tiles; a test set's maps are in memory together. */
  public static final int MAX_RESOLUTION = 1024;

  private static final int OVERLAPPING_PART = 4;

  /**
   * @throws IllegalArgumentException if the resolution is below the tile size, or above {@value
   *     #MAX_RESOLUTION} with more than one tile, or the overlap is not in [1, S / 2], S a tile's
   *     shorter side
   */
  public Tiling {
    int shorter = shorter(tileSize);
    if (shorter < 2
        || resolution.height() < tileSize.height()
        || resolution.width() < tileSize.width()) {
      throw new IllegalArgumentException(
          "the resolution "
              + resolution.shortest()
              + " is below the image size "
              + tileSize.shortest()
              + "; it has to be at least that");
    }
    if (!resolution.equals(tileSize)
        && Math.max(resolution.height(), resolution.width()) > MAX_RESOLUTION) {
      throw new IllegalArgumentException(
          "the resolution "
              + resolution.shortest()
              + " is above the greatest one, "
              + MAX_RESOLUTION);
    }
    if (overlap < 1 || overlap > shorter / 2) {
      throw new IllegalArgumentException(
          "tiles of " + tileSize.shortest() + " pixels cannot overlap by " + overlap);
    }
  }

  private static int shorter(ImageSize size) {
    return Math.min(size.height(), size.width());
  }

  /** Tiles that overlap by at least a quarter of their shorter side. */
  public static Tiling of(ImageSize resolution, ImageSize tileSize) {
    return new Tiling(resolution, tileSize, Math.max(1, shorter(tileSize) / OVERLAPPING_PART));
  }

  /** The whole image as one tile. */
  public static Tiling whole(ImageSize size) {
    return of(size, size);
  }

  /** The whole image, a square, as one tile. */
  public static Tiling whole(int side) {
    return whole(ImageSize.square(side));
  }

  /** Whether there is more than one tile. */
  public boolean divides() {
    return !resolution.equals(tileSize);
  }

  /** The tiles from top to bottom. */
  public TiledSide down() {
    return new TiledSide(resolution.height(), tileSize.height(), overlap);
  }

  /** The tiles from left to right. */
  public TiledSide along() {
    return new TiledSide(resolution.width(), tileSize.width(), overlap);
  }

  /** Tiles of an image. */
  public int count() {
    return down().count() * along().count();
  }

  /** The first row of the t-th tile. */
  public int top(int t) {
    return down().start(t / along().count());
  }

  /** The first column of the t-th tile. */
  public int left(int t) {
    return along().start(t % along().count());
  }

  /** The tiles of an image of {@code [height, width, 3]}; itself where there is one. */
  public List<RgbImage> cut(RgbImage whole) {
    var tiles = new ArrayList<RgbImage>();
    for (int t = 0; t < count(); t++) {
      byte[] tile = new byte[tileSize.pixels() * 3];
      copy(whole.pixels(), tile, t, 3);
      tiles.add(divides() ? new RgbImage(tileSize.width(), tileSize.height(), tile) : whole);
    }
    return tiles;
  }

  /** The tiles of a mask of {@code [height, width]}. */
  public List<byte[]> cut(byte[] mask) {
    var tiles = new ArrayList<byte[]>();
    for (int t = 0; t < count(); t++) {
      byte[] tile = new byte[tileSize.pixels()];
      copy(mask, tile, t, 1);
      tiles.add(tile);
    }
    return tiles;
  }

  /** The t-th tile of a normalised image, {@code [height, width, 3]}. */
  public float[] tile(float[] whole, int t) {
    float[] tile = new float[tileSize.pixels() * 3];
    copy(whole, tile, t, 3);
    return tile;
  }

  /** Copies the t-th tile of an array with so many channels. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of one primitive type
  private void copy(Object from, Object to, int t, int channels) {
    if (java.lang.reflect.Array.getLength(from) != resolution.pixels() * channels) {
      throw new IllegalArgumentException(
          java.lang.reflect.Array.getLength(from) + " values for an image of " + resolution);
    }
    int top = top(t);
    int left = left(t);
    int length = tileSize.width() * channels;
    for (int y = 0; y < tileSize.height(); y++) {
      int at = ((top + y) * resolution.width() + left) * channels;
      System.arraycopy(from, at, to, y * length, length);
    }
  }

  @Override
  public String toString() {
    return resolution + " in " + count() + " overlapping tiles";
  }
}
