package org.aand.detect;

import org.aand.model.TiledSide;

/**
 * What leads from a level's scores to its part of the anomaly map, as one matrix along either side:
 * enlarging, the tiles' places and weights, smoothing. With A and B the matrices and D the scores
 * of an image's tiles laid out as the tiles are, the part is {@code A D B^T}, A for the rows and B
 * for the columns; the map is the sum over the levels.
 *
 * <ul>
 *   <li>A: {@code [N, n h]}, N the height of the image, n the tiles down, h the level's height; B
 *       likewise for the width
 *   <li>D: {@code [n h, m w]}
 * </ul>
 */
public final class MapMatrix {
  private MapMatrix() {}

  /**
   * The matrix of a level.
   *
   * @param side down or along the image
   * @param levelSize the level's height or width
   * @param sigma deviation in pixels of the map's smoothing; 0 for none
   * @return {@code [N, n h]} in row-major order
   */
  public static double[] of(TiledSide side, int levelSize, double sigma) {
    int size = side.tile();
    int columns = side.count() * levelSize;
    double[][] weights = TileBlend.weights(side);
    double[] enlarging = AnomalyMap.enlarging(levelSize, size);
    double[] placed = new double[side.length() * columns];
    for (int i = 0; i < side.count(); i++) {
      for (int x = 0; x < size; x++) {
        int row = (side.start(i) + x) * columns + i * levelSize;
        for (int j = 0; j < levelSize; j++) {
          placed[row + j] = weights[i][x] * enlarging[x * levelSize + j];
        }
      }
    }
    if (sigma == 0) {
      return placed;
    }
    int n = side.length();
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
