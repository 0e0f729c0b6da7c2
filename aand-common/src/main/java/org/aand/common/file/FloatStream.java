package org.aand.common.file;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values in a stream: little-endian float32, without a header. */
public final class FloatStream {
  /** Values moved at a time. */
  private static final int CHUNK = 1 << 14;

  private FloatStream() {}

  /** Writes all values. */
  public static void write(float[] values, OutputStream out) throws IOException {
    var chunk =
        ByteBuffer.allocate(Float.BYTES * Math.min(values.length, CHUNK))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK) {
      int length = Math.min(CHUNK, values.length - from);
      chunk.asFloatBuffer().put(values, from, length);
      out.write(chunk.array(), 0, Float.BYTES * length);
    }
  }

  /**
   * Reads so many values into an array of their own.
   *
   * @throws java.io.EOFException if there are fewer
   */
  public static float[] read(DataInputStream in, int count) throws IOException {
    float[] values = new float[count];
    read(in, values, count);
    return values;
  }

  /**
   * Reads so many values.
   *
   * @param values receives them from index 0
   * @throws java.io.EOFException if there are fewer
   */
  public static void read(DataInputStream in, float[] values, int count) throws IOException {
    byte[] chunk = new byte[Float.BYTES * Math.min(count, CHUNK)];
    var floats = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      in.readFully(chunk, 0, Float.BYTES * length);
      floats.rewind().get(values, from, length);
    }
  }
}
