package org.aand.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One golden case: its arrays, its JSON, and the account of what a check has done with them.
 *
 * <p>Every array is either read with {@link #input} or compared; {@link #finish()} fails when one
 * was left alone. Tolerances come from how far the reference's own float32 run was from the stored
 * value: {@value #HEADROOM} times that, with a floor.
 */
final class GoldenCase {
  static final double HEADROOM = 20;

  /** Relative l2 below which float32 arithmetic in another order cannot be distinguished. */
  static final double FLOOR = 2e-6;

  /**
   * Relative l2 allowed to a double precision run. Stored values are rounded to float32 (6e-8), and
   * so is the position encoding in the reference's double run, whose last bit (3e-8, case posenc)
   * depends on its library's exponential and sine; gradients behind it magnify that.
   */
  static final double DOUBLE_TOLERANCE = 1e-6;

  private static final double ONE_ROUNDING = 0.2;

  /** JSON fields that describe a case without being a result or an input. */
  private static final Set<String> DESCRIPTIONS =
      Set.of("case", "set", "seed", "note", "arrays", "slice", "trace_columns");

  private final Path folder;
  private final String name;
  private final JsonNode json;
  private final Map<String, NpyArray> arrays;
  private final Set<String> untouched;
  private final Set<String> fieldsRead = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private double worst;
  private String worstName = "-";
  private int compared;

  private GoldenCase(Path folder, String name, JsonNode json, Map<String, NpyArray> arrays) {
    this.folder = folder;
    this.name = name;
    this.json = json;
    this.arrays = arrays;
    this.untouched = new TreeSet<>(arrays.keySet());
  }

  static GoldenCase read(Path folder, String name) throws IOException {
    var json = new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
    var arrays = new TreeMap<String, NpyArray>();
    try (var zip = new ZipInputStream(Files.newInputStream(folder.resolve(name + ".npz")))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(
            entry.getName().substring(0, entry.getName().length() - ".npy".length()),
            NpyArray.parse(zip.readAllBytes()));
      }
    }
    return new GoldenCase(folder, name, json, arrays);
  }

  String name() {
    return name;
  }

  JsonNode json() {
    return json;
  }

  /**
   * A field of the JSON. A check that uses this at all has to read every field that is not mere
   * description.
   */
  JsonNode field(String field) {
    fieldsRead.add(field);
    var value = json.get(field);
    if (value == null) {
      throw new NoSuchElementException("golden case " + name + " has no field " + field);
    }
    return value;
  }

  /** The generator of the set's parameters. */
  PortableParameters generator() {
    return new PortableParameters(json.get("seed").longValue());
  }

  /** Another case of the same set. */
  GoldenCase other(String otherName) throws IOException {
    return read(folder, otherName);
  }

  boolean has(String array) {
    return arrays.containsKey(array);
  }

  Set<String> arrayNames() {
    return arrays.keySet();
  }

  /** An array that the check feeds in. */
  NpyArray input(String array) {
    var value = arrays.get(array);
    if (value == null) {
      throw new NoSuchElementException("golden case " + name + " has no array " + array);
    }
    untouched.remove(array);
    return value;
  }

  /** Compares with the tolerance that the stored float32 deviation gives; relative l2. */
  void compare(String array, double[] actual) {
    compare(array, actual, FLOOR);
  }

  /**
   * Compares with a floor of the caller's.
   *
   * @param floor relative l2 allowed whatever the stored deviation; the caller says why
   */
  void compare(String array, double[] actual, double floor) {
    var expected = input(array);
    checkLength(array, expected, actual.length);
    double error = relativeError(expected.values(), actual);
    record(array, error, Math.max(HEADROOM * deviation(array), floor));
  }

  /** Compares what was computed in that precision, within {@link #tolerance}; relative l2. */
  void compare(String array, double[] actual, DataType type) {
    compare(array, actual, type, 0);
  }

  /**
   * Compares what was computed in that precision.
   *
   * @param further relative l2 beyond {@link #tolerance}; the caller says why
   */
  void compare(String array, double[] actual, DataType type, double further) {
    var expected = input(array);
    checkLength(array, expected, actual.length);
    record(
        array + (type == DataType.DOUBLE ? " in double" : ""),
        relativeError(expected.values(), actual),
        tolerance(array, type) + further);
  }

  /** Compares two results of ours, one of them in the place of the stored one; relative l2. */
  void compareComputed(String array, double[] expected, double[] actual, double tolerance) {
    checkLength(array, input(array), actual.length);
    record(array, relativeError(expected, actual), tolerance);
  }

  /** Relative l2 by which the reference's own float32 run was off; 0 where not stored. */
  double deviation(String array) {
    return json.path("arrays").path(array).path("torch_f32_rel_l2").asDouble(0);
  }

  /**
   * Float32 as in {@link #compare(String, double[])}. Double {@link #DOUBLE_TOLERANCE}, or where
   * the values are ill-conditioned a part of the stored deviation: the position encoding's is one
   * of the roundings that this sums up.
   */
  double tolerance(String array, DataType type) {
    return type == DataType.DOUBLE
        ? Math.max(ONE_ROUNDING * deviation(array), DOUBLE_TOLERANCE)
        : Math.max(HEADROOM * deviation(array), FLOOR);
  }

  /** Relative l2 of the difference. */
  static double relativeError(double[] expected, double[] actual) {
    double difference = 0;
    double magnitude = 0;
    for (int i = 0; i < actual.length; i++) {
      double d = actual[i] - expected[i];
      difference += d * d;
      magnitude += expected[i] * expected[i];
    }
    return Math.sqrt(difference / Math.max(magnitude, 1e-24));
  }

  void compare(String array, float[] actual) {
    compare(array, widen(actual));
  }

  void compare(String array, float[] actual, double floor) {
    compare(array, widen(actual), floor);
  }

  /** Compares element by element; for images and masks, where a step is a whole unit. */
  void compareWithin(String array, double[] actual, double maxAbsolute) {
    var expected = input(array);
    checkLength(array, expected, actual.length);
    double worstHere = 0;
    for (int i = 0; i < actual.length; i++) {
      worstHere = Math.max(worstHere, Math.abs(actual[i] - expected.values()[i]));
    }
    record(array, worstHere, maxAbsolute);
  }

  /** Compares a scalar; the error is relative above 1 and absolute below. */
  void scalar(String what, double expected, double actual, double tolerance) {
    record(what, Math.abs(actual - expected) / Math.max(1, Math.abs(expected)), tolerance);
  }

  /** Compares a scalar; the error is relative whatever the size, and absolute for an exact 0. */
  void relative(String what, double expected, double actual, double tolerance) {
    double scale = expected == 0 ? 1 : Math.abs(expected);
    record(what, Math.abs(actual - expected) / scale, tolerance);
  }

  private void checkLength(String array, NpyArray expected, int length) {
    if (length != expected.values().length) {
      throw new AssertionError(
          name + "/" + array + ": " + length + " values, expected " + expected.values().length);
    }
  }

  private void record(String what, double error, double tolerance) {
    compared++;
    if (!(error <= tolerance)) {
      failures.add(
          String.format(
              Locale.ROOT, "%s/%s: error %.3g, allowed %.3g", name, what, error, tolerance));
    }
    double used = tolerance == 0 ? 0 : error / tolerance;
    if (used >= worst) {
      worst = used;
      worstName = String.format(Locale.ROOT, "%s %.3g of %.3g", what, error, tolerance);
    }
  }

  /**
   * Fails when a comparison did or an array was never compared; otherwise the line that the test
   * prints.
   */
  String finish() {
    if (!failures.isEmpty()) {
      throw new AssertionError(
          failures.size() + " of " + compared + " differ:\n" + String.join("\n", failures));
    }
    if (!untouched.isEmpty()) {
      throw new AssertionError(name + ": never compared " + untouched);
    }
    var unread = new TreeSet<String>();
    json.fieldNames().forEachRemaining(unread::add);
    unread.removeAll(DESCRIPTIONS);
    unread.removeAll(fieldsRead);
    if (!fieldsRead.isEmpty() && !unread.isEmpty()) {
      throw new AssertionError(name + ": fields never used " + unread);
    }
    if (compared == 0) {
      throw new AssertionError(name + ": nothing was compared");
    }
    return String.format(
        Locale.ROOT, "golden %-18s %4d compared, worst: %s", name, compared, worstName);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
