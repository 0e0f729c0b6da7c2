package org.aand.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values between the JVM's arrays and ND4J's. */
public final class HostValues {
  private HostValues() {}

  /** All values in row-major order. */
  public static double[] read(INDArray array) {
    try (var copy = array.dup('c')) {
      if (!isReadAtOnce(copy, DataType.DOUBLE)) {
        return copy.data().asDouble();
      }
      double[] values = new double[Math.toIntExact(copy.length())];
      copy.data().asNioDouble().get(values);
      return values;
    }
  }

  /** All values in row-major order, rounded to single precision. */
  public static float[] readSingle(INDArray array) {
    try (var copy = array.dup('c')) {
      if (!isReadAtOnce(copy, DataType.FLOAT)) {
        return copy.data().asFloat();
      }
      float[] values = new float[Math.toIntExact(copy.length())];
      copy.data().asNioFloat().get(values);
      return values;
    }
  }

  /**
   * Whether an array's memory can be read as a buffer of the JVM's; asFloat and asDouble, which ask
   * for every value on its own, read any.
   */
  private static boolean isReadAtOnce(INDArray array, DataType type) {
    return array.dataType() == type && array.length() * type.width() <= Integer.MAX_VALUE;
  }

  /**
   * An array of these values in row-major order; closed by the caller.
   *
   * <p>Not by reshaping a row of values: ND4J does not close reshaped arrays.
   */
  public static INDArray array(float[] values, long... shape) {
    return Nd4j.create(values, shape, 'c');
  }

  /** The same, rounded to the element type. */
  public static INDArray array(double[] values, DataType type, long... shape) {
    var array = Nd4j.createUninitializedDetached(type, shape);
    write(values, array);
    return array;
  }

  /** Writes all values in row-major order. */
  public static void write(double[] values, INDArray array) {
    try (var source = Nd4j.createFromArray(values)) {
      array.assign(source.reshape('c', array.shape()));
    }
  }
}
