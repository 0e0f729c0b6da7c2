package org.aand.train.coreset;

import java.util.random.RandomGenerator;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.PackedMatrix;
import org.aand.runtime.kernel.Product;
import org.aand.runtime.kernel.Workers;

/**
 * A random linear map to fewer dimensions that nearly keeps distances: a matrix of normal values of
 * variance {@code 1 / dimensions} (Johnson and Lindenstrauss). Where there are not more channels
 * than dimensions, rows stay as they are. For one call at a time.
 */
public final class RandomProjection {
  private final int channels;
  private final int dimensions;
  private final Product product;

  /**
   * Draws a map.
   *
   * @param channels of the rows, C
   * @param most dimensions at most
   */
  public RandomProjection(int channels, int most, RandomGenerator random) {
    this.channels = channels;
    dimensions = Math.min(channels, most);
    float[] matrix = new float[channels * dimensions];
    double deviation = 1 / Math.sqrt(dimensions);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] =
          (float)
              (channels > dimensions
                  ? deviation * random.nextGaussian()
                  : i / dimensions == i % dimensions ? 1 : 0);
    }
    product = new Product(PackedMatrix.of(matrix, 0, channels, dimensions, null), Activation.NONE);
  }

  /** D: dimensions of what it gives. */
  public int dimensions() {
    return dimensions;
  }

  /**
   * Maps rows.
   *
   * @param values {@code [R, C]}
   * @return {@code [R, D]}
   */
  public float[] of(Workers workers, float[] values) {
    int count = values.length / channels;
    float[] result = new float[count * dimensions];
    product.run(
        workers, ArrayRows.of(values, 0, channels), count, ArrayRows.of(result, 0, dimensions));
    return result;
  }
}
