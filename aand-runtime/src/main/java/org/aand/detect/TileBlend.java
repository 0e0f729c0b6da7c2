package org.aand.detect;

import org.aand.model.TiledSide;
import org.aand.model.Tiling;

/**
 * Puts the maps of an image's tiles together without seams.
 *
 * <p>A tile's weight is the product of one along each axis. That falls as sin^2 from one to nearly
 * zero over what the tile shares with its neighbour, and stays one towards the image's borders; at
 * each pixel the weights along an axis are divided by their sum. So the weights sum to one, and
 * what a network says at the rim of a tile, where it sees padding, hardly counts.
 *
 * <ul>
 *   <li>tile's map: {@code [h, w]} of the network's input
 *   <li>image's map: {@code [height, width]} of the resolution
 * </ul>
 */
public final class TileBlend {
  private final Tiling tiling;
  private final double[][] down;
  private final double[][] along;

  public TileBlend(Tiling tiling) {
    this.tiling = tiling;
    down = weights(tiling.down());
    along = weights(tiling.along());
  }

  /** The weights of each tile of a side at its pixels along it, {@code [n, S]}. */
  static double[][] weights(TiledSide side) {
    int n = side.count();
    int size = side.tile();
    double[][] weights = new double[n][size];
    double[] sums = new double[side.length()];
    for (int i = 0; i < n; i++) {
      int before = i == 0 ? 0 : side.start(i - 1) + size - side.start(i);
      int after = i == n - 1 ? 0 : side.start(i) + size - side.start(i + 1);
      for (int x = 0; x < size; x++) {
        weights[i][x] = ramp(x, before) * ramp(size - 1 - x, after);
        sums[side.start(i) + x] += weights[i][x];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int x = 0; x < size; x++) {
        weights[i][x] /= sums[side.start(i) + x];
      }
    }
    return weights;
  }

  /** The weight so many pixels from a border whose ramp is so long; one without a ramp. */
  private static double ramp(int pixel, int length) {
    if (pixel >= length) {
      return 1;
    }
    double sine = Math.sin(0.5 * Math.PI * (pixel + 0.5) / length);
    return sine * sine;
  }

  /** Adds the t-th tile's map, weighted, to the image's. */
  public void add(float[] tile, int t, double[] image) {
    double[] rows = down[t / along.length];
    double[] columns = along[t % along.length];
    int stride = tiling.resolution().width();
    int start = tiling.top(t) * stride + tiling.left(t);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < columns.length; x++) {
        image[start + y * stride + x] += rows[y] * columns[x] * tile[y * columns.length + x];
      }
    }
  }
}
