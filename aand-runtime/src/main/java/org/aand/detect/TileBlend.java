package org.aand.detect;

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
 *   <li>tile's map: {@code [S, S]}
 *   <li>image's map: {@code [N, N]}
 * </ul>
 */
public final class TileBlend {
  private final Tiling tiling;
  private final double[][] weights;

  public TileBlend(Tiling tiling) {
    this.tiling = tiling;
    int n = tiling.perSide();
    int size = tiling.tileSize();
    weights = new double[n][size];
    double[] sums = new double[tiling.resolution()];
    for (int i = 0; i < n; i++) {
      int before = i == 0 ? 0 : tiling.start(i - 1) + size - tiling.start(i);
      int after = i == n - 1 ? 0 : tiling.start(i) + size - tiling.start(i + 1);
      for (int x = 0; x < size; x++) {
        weights[i][x] = ramp(x, before) * ramp(size - 1 - x, after);
        sums[tiling.start(i) + x] += weights[i][x];
      }
    }
    for (int i = 0; i < n; i++) {
      for (int x = 0; x < size; x++) {
        weights[i][x] /= sums[tiling.start(i) + x];
      }
    }
  }

  /** The weight so many pixels from a border whose ramp is so long; one without a ramp. */
  private static double ramp(int pixel, int length) {
    if (pixel >= length) {
      return 1;
    }
    double sine = Math.sin(0.5 * Math.PI * (pixel + 0.5) / length);
    return sine * sine;
  }

  /** The weight of the i-th tile of a side at its x-th pixel. */
  public double weight(int i, int x) {
    return weights[i][x];
  }

  /** Adds the t-th tile's map, weighted, to the image's. */
  public void add(float[] tile, int t, double[] image) {
    int row = t / tiling.perSide();
    int column = t % tiling.perSide();
    int size = tiling.tileSize();
    for (int y = 0; y < size; y++) {
      int to = (tiling.start(row) + y) * tiling.resolution() + tiling.start(column);
      double down = weights[row][y];
      for (int x = 0; x < size; x++) {
        image[to + x] += down * weights[column][x] * tile[y * size + x];
      }
    }
  }
}
