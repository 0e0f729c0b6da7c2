package org.aand.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.aand.common.PrintableName;

/**
 * What a person says about a result.
 *
 * @param mark about the verdict
 * @param region where the defect is, if that was said
 * @param note in the person's words; empty where there is none
 */
record Review(Mark mark, Optional<Box> region, String note) {
  /** Longer notes are refused. */
  static final int MOST_LETTERS = 1000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final String MARK = "mark";
  private static final String REGION = "region";
  private static final String NOTE = "note";
  private static final List<String> SIDES = List.of("x", "y", "width", "height");

  /** A rectangle in pixels of the image. */
  record Box(int x, int y, int width, int height) {}

  /**
   * Reads the body of a request.
   *
   * @param result that is reviewed
   * @throws Refusal if it is not JSON of that form, or says what cannot be said of the result
   */
  static Review of(byte[] body, RecentResult result) {
    var node = read(body);
    onlyFields(node, List.of(MARK, REGION, NOTE), "a review");
    var mark =
        Optional.of(node.path(MARK))
            .filter(JsonNode::isTextual)
            .flatMap(text -> Mark.of(text.textValue()))
            .orElseThrow(
                () ->
                    Refusal.badRequest(
                        "a review has a mark, which is one of "
                            + String.join(
                                ", ", Arrays.stream(Mark.values()).map(Mark::key).toList())));
    if (!mark.fits(result.verdict())) {
      throw Refusal.badRequest(
          mark.key() + " cannot be said of a result that is " + result.verdict().key());
    }
    var region =
        node.has(REGION) ? Optional.of(box(node.path(REGION), result)) : Optional.<Box>empty();
    return new Review(mark, region, note(node));
  }

  private static JsonNode read(byte[] body) {
    try {
      var node = JSON.readTree(body);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(
          "a review is a JSON object: " + PrintableName.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw Refusal.badRequest("a review is a JSON object in UTF-8");
    }
    throw Refusal.badRequest("a review is a JSON object, such as {\"mark\": \"false-alarm\"}");
  }

  private static void onlyFields(JsonNode node, List<String> known, String what) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Refusal.badRequest(
                    what
                        + " has no field "
                        + PrintableName.of(name)
                        + "; there are "
                        + String.join(", ", known));
              }
            });
  }

  private static Box box(JsonNode node, RecentResult result) {
    onlyFields(node, SIDES, "a region");
    if (!SIDES.stream()
        .allMatch(side -> node.path(side).canConvertToInt() && node.path(side).isInt())) {
      throw Refusal.badRequest("a region has x, y, width and height, whole numbers of pixels");
    }
    var box =
        new Box(
            node.path("x").intValue(),
            node.path("y").intValue(),
            node.path("width").intValue(),
            node.path("height").intValue());
    boolean inside =
        box.x >= 0
            && box.y >= 0
            && box.width >= 1
            && box.height >= 1
            && (long) box.x + box.width <= result.width()
            && (long) box.y + box.height <= result.height();
    if (!inside) {
      throw Refusal.badRequest(
          "a region lies within the image, which has "
              + result.width()
              + "x"
              + result.height()
              + " pixels");
    }
    return box;
  }

  private static String note(JsonNode node) {
    if (!node.has(NOTE)) {
      return "";
    }
    var note = node.path(NOTE);
    if (!note.isTextual() || note.textValue().length() > MOST_LETTERS) {
      throw Refusal.badRequest("a note is a text of at most " + MOST_LETTERS + " letters");
    }
    return note.textValue();
  }

  /** As it is answered and kept. */
  ObjectNode json() {
    var node = JsonNodeFactory.instance.objectNode().put(MARK, mark.key());
    region.ifPresent(
        box ->
            node.putObject(REGION)
                .put("x", box.x)
                .put("y", box.y)
                .put("width", box.width)
                .put("height", box.height));
    if (!note.isEmpty()) {
      node.put(NOTE, note);
    }
    return node;
  }
}
