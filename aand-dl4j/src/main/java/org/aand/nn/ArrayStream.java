package org.aand.nn;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays in a stream: row-major values as little-endian float32, without a header. */
public final class ArrayStream {
  /** Values moved at a time. */
  private static final int CHUNK = 1 << 14;

  private ArrayStream() {}

  /** Writes all values of an array. */
  public static void write(INDArray array, OutputStream out) throws IOException {
    float[] values;
    try (var copy = array.dup('c')) {
      values = copy.data().asFloat();
    }
    var chunk = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      chunk.asFloatBuffer().put(values, from, length);
      out.write(chunk.array(), 0, Float.BYTES * length);
    }
  }

  /**
   * Reads so many values.
   *
   * @throws java.io.EOFException if there are fewer
   */
  public static float[] read(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    byte[] chunk = new byte[Float.BYTES * Math.min(count, CHUNK)];
    var floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      in.readFully(chunk, 0, Float.BYTES * length);
      floats.rewind().get(values, from, length);
    }
    return values;
  }
}
