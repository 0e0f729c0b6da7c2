package org.aand.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.analysis.FeatureDistribution;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.train.ResidualIntensity;

/**
 * Writes and reads what a run observes for the paper's figures, as JSON in UTF-8.
 *
 * <ul>
 *   <li>{@value Observations#RESIDUALS}: {@code {"residuals": [{"epochs", "levels": [{"level",
 *       "normal", "anomalous"}]}]}}; a mean is left out where there are no locations
 *   <li>{@value Observations#FEATURES}: {@code {"projection", "levels": [{"level", "points":
 *       [{"anomalous", "before", "after"}], "shares"}]}}; the projection is always {@value
 *       #PROJECTION}
 * </ul>
 */
public final class ObservationJson {
  /** How features get into two dimensions. */
  public static final String PROJECTION = "principal components";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ObservationJson() {}

  /**
   * Writes the intensities of residuals, whole or not at all.
   *
   * @throws InputException if the file cannot be written
   */
  public static void writeResiduals(List<ResidualIntensity> intensities, Path file) {
    var root = JSON.createObjectNode();
    var all = root.putArray("residuals");
    for (var intensity : intensities) {
      var levels = all.addObject().put("epochs", intensity.epochs()).putArray("levels");
      for (var level : intensity.levels()) {
        var node = levels.addObject().put("level", level.level());
        put(node, "normal", level.normal());
        put(node, "anomalous", level.anomalous());
      }
    }
    write(root, file);
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    }
  }

  /**
   * Reads the intensities of residuals.
   *
   * @return in the order of the file; empty if there is no such file, because the run did not
   *     observe them
   * @throws InputException if the file cannot be read or holds something else
   */
  public static List<ResidualIntensity> readResiduals(Path file) {
    return read(file, ObservationJson::residuals).orElse(List.of());
  }

  private static List<ResidualIntensity> residuals(JsonNode root) {
    var intensities = new ArrayList<ResidualIntensity>();
    for (var intensity : root.required("residuals")) {
      var levels = new ArrayList<ResidualIntensity.Level>();
      for (var level : intensity.required("levels")) {
        levels.add(
            new ResidualIntensity.Level(
                level.required("level").asText(),
                mean(level.path("normal")),
                mean(level.path("anomalous"))));
      }
      intensities.add(new ResidualIntensity(intensity.required("epochs").asInt(), levels));
    }
    return intensities;
  }

  private static OptionalDouble mean(JsonNode value) {
    return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
  }

  /**
   * Writes the projected features, whole or not at all.
   *
   * @throws InputException if the file cannot be written
   */
  public static void writeFeatures(FeatureDistribution distribution, Path file) {
    var root = JSON.createObjectNode().put("projection", PROJECTION);
    root.set("levels", JSON.valueToTree(distribution.levels()));
    write(root, file);
  }

  /**
   * Reads the projected features.
   *
   * @return empty if there is no such file, because the run did not observe them
   * @throws InputException if the file cannot be read or holds something else
   */
  public static Optional<FeatureDistribution> readFeatures(Path file) {
    return read(file, ObservationJson::features);
  }

  private static FeatureDistribution features(JsonNode root) throws JsonProcessingException {
    var projection = root.required("projection").asText();
    if (!projection.equals(PROJECTION)) {
      throw new IllegalArgumentException("its projection is " + projection);
    }
    return new FeatureDistribution(
        List.of(JSON.treeToValue(root.required("levels"), FeatureDistribution.Level[].class)));
  }

  private static void write(JsonNode root, Path file) {
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root)));
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(JsonNode root) throws JsonProcessingException;
  }

  private static <T> Optional<T> read(Path file, Parser<T> parser) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(parser.parse(JSON.readTree(text)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(
          file + " does not hold a run's observations (" + why + "); delete its run's folder", e);
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be read (" + IoReason.of(e) + "); delete its run's folder", e);
    }
  }
}
