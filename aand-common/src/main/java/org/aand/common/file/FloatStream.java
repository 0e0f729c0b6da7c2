package org.aand.common.file;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

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
    new Reader(in).read(values, count);
    return values;
  }

  /** Reads values from a stream. */
  public static final class Reader {
    private final InputStream in;
    private final byte[] chunk = new byte[Float.BYTES * CHUNK];
    private final FloatBuffer floats =
        ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

    /** Reads from a stream that the caller closes. */
    public Reader(InputStream in) {
      this.in = in;
    }

    /**
     * Reads so many values.
     *
     * @param values receives them from index 0
     * @throws EOFException if there are fewer
     */
    public void read(float[] values, int count) throws IOException {
      for (int from = 0; from < count; from += CHUNK) {
        int length = Math.min(CHUNK, count - from);
        int bytes = Float.BYTES * length;
        if (in.readNBytes(chunk, 0, bytes) < bytes) {
          throw new EOFException();
        }
        floats.rewind().get(values, from, length);
      }
    }
  }
}
