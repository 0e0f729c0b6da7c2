package org.aand.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.aand.common.file.FloatStream;
import org.aand.common.file.Sha256;
import org.aand.network.ParameterSpec;

/**
 * The values of a model's parameters as bytes: in the table's order, row-major, little-endian
 * float32, nothing between them.
 */
final class ParameterValues {
  /** Values read at a time where a parameter is taken part by part. */
  private static final int PART = 1 << 15;

  private ParameterValues() {}

  static void write(List<ParameterSpec> table, ParameterSource source, OutputStream out)
      throws IOException {
    for (var spec : table) {
      float[] values = source.values(spec);
      if (values.length != spec.length()) {
        throw new IllegalArgumentException(
            values.length + " values for the parameter " + spec.name() + " " + spec.shape());
      }
      FloatStream.write(values, out);
    }
  }

  /** SHA-256 of the bytes that {@link #write} gives, in lower-case hex. */
  static String sha256(List<ParameterSpec> table, ParameterSource source) {
    var digest = Sha256.newDigest();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      write(table, source, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Bytes of a table's values. */
  static long bytes(List<ParameterSpec> table) {
    long count = 0;
    for (var spec : table) {
      count = Math.addExact(count, spec.length());
    }
    return Math.multiplyExact(count, (long) Float.BYTES);
  }

  /**
   * Reads the values of a table.
   *
   * @throws IllegalArgumentException if a value cannot be one of a trained network
   * @throws java.io.EOFException if there are too few
   */
  static void read(InputStream in, List<ParameterSpec> table, ParameterSink sink)
      throws IOException {
    var data = new FloatStream.Reader(in);
    for (var spec : table) {
      var parts = sink.parts(spec);
      if (parts.isPresent()) {
        readParts(data, spec, sink, parts.get());
      } else {
        sink.accept(spec, read(data, spec, sink, Math.toIntExact(spec.length())));
      }
    }
  }

  private static void readParts(
      FloatStream.Reader data, ParameterSpec spec, ParameterSink sink, ParameterSink.Parts parts)
      throws IOException {
    int length = spec.rowLength();
    int all = Math.toIntExact(spec.length() / length);
    int most = Math.max(1, PART / length);
    for (int row = 0; row < all; row += most) {
      int rows = Math.min(most, all - row);
      parts.accept(row, rows, read(data, spec, sink, rows * length));
    }
  }

  private static float[] read(
      FloatStream.Reader data, ParameterSpec spec, ParameterSink sink, int count)
      throws IOException {
    float[] values = sink.array(count);
    data.read(values, count);
    check(spec.name(), values, count);
    return values;
  }

  private static void check(String name, float[] values, int count) {
    boolean variance = name.endsWith("moving_variance");
    if (!variance && areFinite(values, count)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      float value = values[i];
      if (!Float.isFinite(value) || (variance && value < 0)) {
        throw new IllegalArgumentException("its parameter " + name + " holds " + value);
      }
    }
  }

  /** Four sums that do not wait for each other; a value that is not finite makes its sum NaN. */
  private static boolean areFinite(float[] values, int count) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int fours = count & ~3;
    for (int i = 0; i < fours; i += 4) {
      a += 0 * values[i];
      b += 0 * values[i + 1];
      c += 0 * values[i + 2];
      d += 0 * values[i + 3];
    }
    for (int i = fours; i < count; i++) {
      a += 0 * values[i];
    }
    return a + b + c + d == 0;
  }
}
