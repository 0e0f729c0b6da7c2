package org.aand.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.aand.drift.NormalTraitsJson;

/** A calibration in a manifest. */
public final class CalibrationJson {
  private static final String PIXEL_THRESHOLD = "pixelThreshold";

  private static final String TRAITS = "normalTraits";

  private CalibrationJson() {}

  /** The first minor version of model files that could say all of a calibration. */
  public static int minorVersion(Calibration calibration) {
    return calibration.pixelThreshold().isPresent() || calibration.traits().isPresent() ? 4 : 0;
  }

  public static ObjectNode write(Calibration calibration) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("threshold", calibration.threshold())
        .put("basis", calibration.basis().name().toLowerCase(Locale.ROOT))
        .put("falseAlarmRate", calibration.falseAlarmRate())
        .put("heatmapMaximum", calibration.heatmapMaximum())
        .put("normals", calibration.normals());
    calibration
        .pixelThreshold()
        .ifPresent(
            pixel ->
                node.putObject(PIXEL_THRESHOLD)
                    .put("value", pixel.value())
                    .put("rate", pixel.rate()));
    calibration.traits().ifPresent(traits -> node.set(TRAITS, NormalTraitsJson.write(traits)));
    var scores = node.putArray("normalScores");
    calibration.normalScores().forEach(score -> scores.add(score));
    return node;
  }

  /**
   * @return empty if the manifest has none
   * @throws IllegalArgumentException if it is not a calibration
   */
  public static Optional<Calibration> read(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    var scores = new ArrayList<Float>();
    for (var score : node.path("normalScores")) {
      scores.add((float) number(score, "normalScores"));
    }
    return Optional.of(
        new Calibration(
            scores,
            number(node.path("falseAlarmRate"), "falseAlarmRate"),
            (float) number(node.path("threshold"), "threshold"),
            basis(node.path("basis").asText()),
            number(node.path("heatmapMaximum"), "heatmapMaximum"),
            node.path("normals").asText(),
            pixelThreshold(node.path(PIXEL_THRESHOLD)),
            node.has(TRAITS)
                ? Optional.of(NormalTraitsJson.read(node.path(TRAITS)))
                : Optional.empty()));
  }

  private static Optional<PixelThreshold> pixelThreshold(JsonNode node) {
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new PixelThreshold(
                (float) number(node.path("value"), PIXEL_THRESHOLD),
                number(node.path("rate"), PIXEL_THRESHOLD)));
  }

  private static Calibration.Basis basis(String text) {
    for (var basis : Calibration.Basis.values()) {
      if (basis.name().toLowerCase(Locale.ROOT).equals(text)) {
        return basis;
      }
    }
    throw new IllegalArgumentException("its calibration has no known basis");
  }

  private static double number(JsonNode node, String field) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("its calibration's " + field + " is no number");
    }
    return node.asDouble();
  }
}
