package org.aand.model;

import java.io.DataInputStream;
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
    var data = new DataInputStream(in);
    for (var spec : table) {
      int count = Math.toIntExact(spec.length());
      float[] values = sink.array(spec);
      FloatStream.read(data, values, count);
      check(spec.name(), values, count);
      sink.accept(spec, values);
    }
  }

  private static void check(String name, float[] values, int count) {
    boolean variance = name.endsWith("moving_variance");
    for (int i = 0; i < count; i++) {
      float value = values[i];
      if (!Float.isFinite(value) || (variance && value < 0)) {
        throw new IllegalArgumentException("its parameter " + name + " holds " + value);
      }
    }
  }
}
