package org.aand.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * A detection as every output tells it: the same fields, the same digits, in CSV and in JSON.
 *
 * <ul>
 *   <li>{@code file}: what the image is called
 *   <li>{@code score}: single precision, in as many digits as tell it apart from its neighbours
 *   <li>{@code percentile}: percentage of the held-out normals that score lower; absent for an
 *       uncalibrated model
 *   <li>{@code threshold}: what was decided by; absent where nothing was decided
 *   <li>{@code verdict}: normal, anomalous or undecided; absent where the file could not be used
 *   <li>{@code width}, {@code height}: of the image in pixels
 *   <li>{@code error}: why the file could not be used; absent for all others
 * </ul>
 */
public final class DetectionRow {
  /** The columns of CSV. */
  public static final List<String> COLUMNS =
      List.of("file", "score", "percentile", "threshold", "verdict", "width", "height", "error");

  private DetectionRow() {}

  /** What was found in an image. */
  public static ObjectNode of(String file, Detection found) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("file", file).put("score", found.score());
    put(node, "percentile", found.percentile());
    found.threshold().ifPresent(t -> node.put("threshold", (float) t));
    return node.put("verdict", found.verdict().key())
        .put("width", found.width())
        .put("height", found.height());
  }

  /** A file that could not be used. */
  public static ObjectNode failed(String file, String error) {
    return JsonNodeFactory.instance.objectNode().put("file", file).put("error", error);
  }

  private static void put(ObjectNode node, String field, OptionalDouble value) {
    value.ifPresent(v -> node.put(field, v));
  }

  /** The header of CSV, without a line's end. */
  public static String csvHeader() {
    return String.join(",", COLUMNS);
  }

  /** A row as a line of CSV (RFC 4180), without its end. */
  public static String csv(ObjectNode row) {
    return COLUMNS.stream()
        .map(column -> row.path(column).asText(""))
        .map(DetectionRow::quoted)
        .collect(Collectors.joining(","));
  }

  /** A field of CSV, in quotes where it needs them. */
  public static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
