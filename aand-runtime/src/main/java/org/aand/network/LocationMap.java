package org.aand.network;

/**
 * A fixed linear map of locations, the same for rows and columns: smoothing, enlarging. For maps
 * {@code [h, w]} it is {@code A_h x A_w^T}.
 */
@FunctionalInterface
public interface LocationMap {
  /**
   * The matrix along one side.
   *
   * @param size h, the side's length
   * @return A, {@code [factor h, h]} in row-major order
   */
  double[] matrix(int size);
}
