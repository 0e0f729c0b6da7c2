package org.aand.model;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.aand.network.ParameterSpec;
import org.aand.nn.ArrayStream;
import org.aand.nn.Parameters;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The values of a model's parameters as bytes: in the table's order, row-major, little-endian
 * float32, nothing between them.
 */
final class ParameterValues {
  private ParameterValues() {}

  static void write(Model model, OutputStream out) throws IOException {
    for (var spec : Model.table(model.teacher(), model.scoring())) {
      ArrayStream.write(model.parameters().get(spec.name()), out);
    }
  }

  /** SHA-256 of the bytes that {@link #write} gives, in lower-case hex. */
  static String sha256(Model model) {
    var digest = newDigest();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      write(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
   * @return to be closed by the caller
   * @throws IllegalArgumentException if a value cannot be one of a trained network, or more follow
   * @throws java.io.EOFException if there are too few
   */
  static Parameters read(InputStream in, List<ParameterSpec> table) throws IOException {
    var parameters = new Parameters();
    try {
      var data = new DataInputStream(in);
      for (var spec : table) {
        float[] values = ArrayStream.read(data, Math.toIntExact(spec.length()));
        check(spec.name(), values);
        parameters.put(spec.name(), values, DataType.FLOAT, spec.dimensions());
      }
      if (in.read() >= 0) {
        throw new IllegalArgumentException("it holds more parameters than its network has");
      }
      return parameters;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static void check(String name, float[] values) {
    boolean variance = name.endsWith("moving_variance");
    for (float value : values) {
      if (!Float.isFinite(value) || (variance && value < 0)) {
        throw new IllegalArgumentException("its parameter " + name + " holds " + value);
      }
    }
  }
}
