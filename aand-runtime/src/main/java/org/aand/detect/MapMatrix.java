package org.aand.detect;

import org.aand.model.Tiling;

/**
 * What leads from a level's scores to its part of the anomaly map, as one matrix along either side:
 * enlarging, the tiles' places and weights, smoothing. With A the matrix and D the scores of an
 * image's tiles laid out as the tiles are, the part is {@code A D A^T}; the map is the sum over the
 * levels.
 *
 * <ul>
 *   <li>A: {@code [N, n h]}, N the resolution, n the tiles of a side, h the level's width
 *   <li>D: {@code [n h, n h]}
 * </ul>
 */
public final class MapMatrix {
  private MapMatrix() {}

  /**
   * The matrix of a level.
   *
   * @param levelSize h
   * @param sigma deviation in pixels of the map's smoothing; 0 for none
   * @return {@code [N, n h]} in row-major order
   */
  public static double[] of(Tiling tiling, int levelSize, double sigma) {
    int size = tiling.tileSize();
    int columns = tiling.perSide() * levelSize;
    var blend = new TileBlend(tiling);
    double[] enlarging = AnomalyMap.enlarging(levelSize, size);
    double[] placed = new double[tiling.resolution() * columns];
    for (int i = 0; i < tiling.perSide(); i++) {
      for (int x = 0; x < size; x++) {
        int row = (tiling.start(i) + x) * columns + i * levelSize;
        for (int j = 0; j < levelSize; j++) {
          placed[row + j] = blend.weight(i, x) * enlarging[x * levelSize + j];
        }
      }
    }
    if (sigma == 0) {
      return placed;
    }
    int n = tiling.resolution();
    return AnomalyMap.product(AnomalyMap.smoothing(n, sigma), placed, n, n, columns);
  }

  /** The transposed of a matrix of so many rows. */
  public static double[] transposed(double[] matrix, int rows) {
    int columns = matrix.length / rows;
    double[] result = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }
}
