package org.aand.api;

import com.fasterxml.jackson.databind.JsonNode;
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
 *   <li>{@code pixelThreshold}: what the regions were found by; absent where there is none; JSON
 *       alone
 *   <li>{@code regions}: in JSON the list of {@link Detection#regions}, each with {@code x}, {@code
 *       y}, {@code width}, {@code height}, {@code area}, {@code centroid} ({@code x}, {@code y})
 *       and {@code peak} ({@code value}, {@code x}, {@code y}); in CSV how many there are; absent
 *       without a pixel threshold
 *   <li>{@code largest_area}: of the regions, in pixels, 0 without any; CSV alone
 *   <li>{@code error}: why the file could not be used; absent for all others
 * </ul>
 */
public final class DetectionRow {
  private static final String REGIONS = "regions";
  private static final String LARGEST = "largest_area";

  /** The columns of CSV; readers that know the first ones only keep working. */
  public static final List<String> COLUMNS =
      List.of(
          "file",
          "score",
          "percentile",
          "threshold",
          "verdict",
          "width",
          "height",
          "error",
          REGIONS,
          LARGEST);

  private DetectionRow() {}

  /** What was found in an image. */
  public static ObjectNode of(String file, Detection found) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("file", file).put("score", found.score());
    put(node, "percentile", found.percentile());
    found.threshold().ifPresent(t -> node.put("threshold", (float) t));
    node.put("verdict", found.verdict().key())
        .put("width", found.width())
        .put("height", found.height());
    if (found.pixelThreshold().isPresent()) {
      node.put("pixelThreshold", (float) found.pixelThreshold().getAsDouble());
      var regions = node.putArray(REGIONS);
      found.regions().forEach(region -> regions.add(json(region)));
    }
    return node;
  }

  private static ObjectNode json(Region region) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("x", region.x())
        .put("y", region.y())
        .put("width", region.width())
        .put("height", region.height())
        .put("area", region.area());
    node.putObject("centroid").put("x", region.centroidX()).put("y", region.centroidY());
    node.putObject("peak")
        .put("value", region.peak())
        .put("x", region.peakX())
        .put("y", region.peakY());
    return node;
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
        .map(column -> value(row, column))
        .map(DetectionRow::quoted)
        .collect(Collectors.joining(","));
  }

  private static String value(ObjectNode row, String column) {
    var regions = row.path(REGIONS);
    return switch (column) {
      case REGIONS -> regions.isMissingNode() ? "" : String.valueOf(regions.size());
      case LARGEST -> regions.isMissingNode() ? "" : String.valueOf(largest(regions));
      default -> row.path(column).asText("");
    };
  }

  private static int largest(JsonNode regions) {
    int largest = 0;
    for (var region : regions) {
      largest = Math.max(largest, region.path("area").asInt());
    }
    return largest;
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
