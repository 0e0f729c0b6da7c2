package org.aand.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small arrays brought to the JVM and back, where a few thousand values decide something. */
public final class HostValues {
  private HostValues() {}

  /** All values in row-major order. */
  public static double[] read(INDArray array) {
    try (var copy = array.dup('c')) {
      return copy.data().asDouble();
    }
  }

  /** Writes all values in row-major order. */
  public static void write(double[] values, INDArray array) {
    try (var source = Nd4j.createFromArray(values)) {
      array.assign(source.reshape('c', array.shape()));
    }
  }
}
