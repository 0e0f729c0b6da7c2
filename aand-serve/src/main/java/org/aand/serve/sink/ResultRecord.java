package org.aand.serve.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.aand.api.DetectionRow;
import org.aand.api.Region;
import org.aand.api.Verdict;

/**
 * What became of one image, as sinks receive it. Immutable.
 *
 * <p>It has one form in JSON, which is also how it waits on disk: an object on one line, with
 *
 * <ul>
 *   <li>{@code id}: the same whenever the same image is told again, so that receivers can leave out
 *       what they have had
 *   <li>{@code time}: when it was decided, UTC, ISO 8601
 *   <li>{@code model}: the name of the model that decided
 *   <li>{@code drift}: what has probably happened to the line while its images differ from normal
 *       ones; absent otherwise, and from CSV
 *   <li>the fields of {@link DetectionRow}, of which {@code file} is the image's name below the
 *       watched folder, with forward slashes
 * </ul>
 */
public final class ResultRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "id";
  private static final String TIME = "time";
  private static final String MODEL = "model";
  private static final String FILE = "file";
  private static final String VERDICT = "verdict";
  private static final String ERROR = "error";

  private final ObjectNode node;
  private final Instant time;
  private final Optional<Verdict> verdict;
  private final List<Region> regions;

  private ResultRecord(ObjectNode node) {
    this.node = node;
    for (var field : List.of(ID, TIME, MODEL, FILE)) {
      if (!node.path(field).isTextual()) {
        throw new IllegalArgumentException("a result without " + field);
      }
    }
    try {
      time = Instant.parse(node.path(TIME).textValue());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the time of a result is " + node.path(TIME), e);
    }
    verdict =
        Arrays.stream(Verdict.values())
            .filter(known -> known.key().equals(node.path(VERDICT).textValue()))
            .findFirst();
    if (verdict.isPresent() == node.has(ERROR) || verdict.isPresent() != node.has("score")) {
      throw new IllegalArgumentException("a result has a score and a verdict, or else an error");
    }
    regions =
        StreamSupport.stream(node.path("regions").spliterator(), false)
            .map(ResultRecord::region)
            .toList();
  }

  /**
   * A result.
   *
   * @param id the same whenever the same image is told again
   * @param model the name of the model that decided
   * @param row from {@link DetectionRow}; copied
   */
  public static ResultRecord of(String id, Instant time, String model, ObjectNode row) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put(ID, id).put(TIME, time.toString()).put(MODEL, model);
    node.setAll(row.deepCopy());
    return new ResultRecord(node);
  }

  /**
   * A result from its JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ResultRecord parse(String json) {
    try {
      return parse(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * A result from its JSON, which is copied.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ResultRecord parse(JsonNode json) {
    if (json instanceof ObjectNode node) {
      return new ResultRecord(node.deepCopy());
    }
    throw new IllegalArgumentException("a result is a JSON object");
  }

  /** The same whenever the same image is told again. */
  public String id() {
    return node.path(ID).textValue();
  }

  /** When it was decided. */
  public Instant time() {
    return time;
  }

  /** The name of the model that decided. */
  public String model() {
    return node.path(MODEL).textValue();
  }

  /** The image's name below the watched folder, with forward slashes. */
  public String image() {
    return node.path(FILE).textValue();
  }

  /** The image's score; empty if it could not be used. */
  public OptionalDouble score() {
    return number("score");
  }

  /** What was decided by; empty where nothing was decided. */
  public OptionalDouble threshold() {
    return number("threshold");
  }

  /**
   * Percentage of the held-out normals that score lower; empty for an uncalibrated model and for
   * what could not be used.
   */
  public OptionalDouble percentile() {
    return number("percentile");
  }

  /** The decision; empty if the image could not be used. */
  public Optional<Verdict> verdict() {
    return verdict;
  }

  /** Where it is anomalous; empty where that is not known. */
  public List<Region> regions() {
    return regions;
  }

  /** Why the image could not be used; empty if it could. */
  public Optional<String> error() {
    return Optional.ofNullable(node.path(ERROR).textValue());
  }

  /** The JSON, one line without its end. */
  public String json() {
    return node.toString();
  }

  /** The header of CSV, without a line's end. */
  public static String csvHeader() {
    return String.join(",", ID, TIME, MODEL, DetectionRow.csvHeader());
  }

  /** A row of CSV (RFC 4180), without its end. */
  public String csv() {
    return String.join(
        ",",
        DetectionRow.quoted(id()),
        time.toString(),
        DetectionRow.quoted(model()),
        DetectionRow.csv(node));
  }

  private static Region region(JsonNode region) {
    var centroid = region.path("centroid");
    var peak = region.path("peak");
    return new Region(
        region.path("x").intValue(),
        region.path("y").intValue(),
        region.path("width").intValue(),
        region.path("height").intValue(),
        region.path("area").intValue(),
        centroid.path("x").doubleValue(),
        centroid.path("y").doubleValue(),
        peak.path("value").floatValue(),
        peak.path("x").intValue(),
        peak.path("y").intValue());
  }

  private OptionalDouble number(String field) {
    var value = node.path(field);
    // Of its digits: single precision that is widened would be another number than the one read.
    return value.isNumber()
        ? OptionalDouble.of(Double.parseDouble(value.asText()))
        : OptionalDouble.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResultRecord record && record.json().equals(json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return json();
  }
}
