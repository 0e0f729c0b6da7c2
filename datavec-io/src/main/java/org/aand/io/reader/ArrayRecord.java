package org.aand.io.reader;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.datavec.api.writable.NDArrayWritable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A record's array that stays in Java until an {@link INDArray} is asked for: one conversion, at
 * the network's door.
 *
 * <p>DataVec's iterators take it as any {@link NDArrayWritable}; {@link #get} makes a new array,
 * which its caller owns.
 */
abstract class ArrayRecord extends NDArrayWritable {
  private static final long serialVersionUID = 1L;

  private final long[] shape;

  ArrayRecord(long... shape) {
    this.shape = shape;
  }

  /** The values in row-major order. */
  abstract float[] floats();

  @Override
  public final INDArray get() {
    return Nd4j.create(floats(), shape, 'c');
  }

  @Override
  public final long length() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  @Override
  public final float getFloat(long i) {
    return floats()[Math.toIntExact(i)];
  }

  @Override
  public final double getDouble(long i) {
    return getFloat(i);
  }

  @Override
  public final int getInt(long i) {
    return (int) getFloat(i);
  }

  @Override
  public final long getLong(long i) {
    return (long) getFloat(i);
  }

  @Override
  public final void write(DataOutput out) throws IOException {
    try (var array = get()) {
      new NDArrayWritable(array).write(out);
    }
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof ArrayRecord record
        && Arrays.equals(shape, record.shape)
        && Arrays.equals(floats(), record.floats());
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(floats());
  }

  @Override
  public String toString() {
    return "an array of " + Arrays.toString(shape);
  }
}
