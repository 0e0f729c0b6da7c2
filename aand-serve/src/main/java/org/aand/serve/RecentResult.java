package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import org.aand.api.Detection;
import org.aand.api.Verdict;
import org.aand.common.PrintableName;
import org.aand.common.image.ImageFormat;

/**
 * A result that can still be reviewed.
 *
 * @param id made by the service: lower-case hexadecimal digits, safe in addresses and file names
 * @param time when it was found
 * @param name what the client called the image, for people; never a path
 * @param score more is more anomalous
 * @param threshold what was decided by
 * @param verdict what was decided
 * @param width of the image in pixels
 * @param height of the image in pixels
 * @param format of the file
 * @param file the image file as it was sent
 * @param shown what a list shows of it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record RecentResult(
    String id,
    Instant time,
    String name,
    float score,
    OptionalDouble threshold,
    Verdict verdict,
    int width,
    int height,
    ImageFormat format,
    byte[] file,
    ShownResult shown) {

  /**
   * @param image has been decoded
   * @param row of the same detection
   */
  static RecentResult of(String id, BodyFormat.Upload image, Detection found, ObjectNode row) {
    return new RecentResult(
        id,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        PrintableName.of(image.name()),
        found.score(),
        found.threshold(),
        found.verdict(),
        found.width(),
        found.height(),
        ImageFormat.of(image.bytes()).orElseThrow(),
        image.bytes(),
        ShownResult.of(found, row));
  }

  /** Of the image's file and what is shown of it. */
  int bytes() {
    return file.length + shown.bytes();
  }

  /** The result without its image. */
  ObjectNode json() {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("id", id).put("time", time.toString()).put("name", name).put("score", score);
    threshold.ifPresent(t -> node.put("threshold", (float) t));
    return node.put("verdict", verdict.key()).put("width", width).put("height", height);
  }
}
