package org.aand.golden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A NumPy array in C order, widened to double. */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record NpyArray(int[] shape, double[] values) {
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr': *'([^']+)'.*'fortran_order': *(True|False).*'shape': *\\(([^)]*)\\)");

  static NpyArray parse(byte[] npy) throws IOException {
    var buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    int major = npy[6];
    int headerLength = major == 1 ? buffer.getShort(8) & 0xFFFF : buffer.getInt(8);
    int headerStart = major == 1 ? 10 : 12;
    var header =
        HEADER.matcher(new String(npy, headerStart, headerLength, StandardCharsets.US_ASCII));
    if (!header.find() || header.group(2).equals("True")) {
      throw new IOException("not a C-order npy array");
    }
    int[] shape =
        Arrays.stream(header.group(3).split(",", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    double[] values = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    buffer.position(headerStart + headerLength);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (header.group(1)) {
            case "<f4" -> buffer.getFloat();
            case "<f8" -> buffer.getDouble();
            case "|u1", "|b1" -> buffer.get() & 0xFF;
            case "<i4" -> buffer.getInt();
            case "<i8" -> buffer.getLong();
            default -> throw new IOException("element type " + header.group(1));
          };
    }
    return new NpyArray(shape, values);
  }

  float[] floats() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  byte[] bytes() {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) values[i];
    }
    return bytes;
  }
}
