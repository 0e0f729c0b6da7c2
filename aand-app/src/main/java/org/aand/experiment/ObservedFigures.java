package org.aand.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.pipeline.Observations;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.Scatter;

/** The figures of what a run has observed besides (Figs. 6 and 8). */
final class ObservedFigures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPREAD = "none; means over patches alone";

  private ObservedFigures() {}

  /** Intensity of residuals, one curve a level; none if the run has not observed it. */
  static List<IntensityCurve> intensities(PlannedCell cell) {
    var levels = new TreeMap<Integer, List<IntensityCurve.Point>>();
    for (var observation : read(cell, Observations.RESIDUALS).path("residuals")) {
      for (var level : observation.path("levels")) {
        if (level.has("normal") && level.has("anomalous")) {
          levels
              .computeIfAbsent(number(level), key -> new ArrayList<>())
              .add(
                  new IntensityCurve.Point(
                      observation.path("epochs").asInt(),
                      band(level.path("normal")),
                      band(level.path("anomalous"))));
        }
      }
    }
    return levels.entrySet().stream()
        .map(
            level ->
                new IntensityCurve(
                    cell.dataset(), cell.category(), level.getKey(), SPREAD, level.getValue()))
        .toList();
  }

  private static IntensityCurve.Band band(JsonNode mean) {
    return new IntensityCurve.Band(mean.asDouble(), mean.asDouble(), mean.asDouble());
  }

  /** Features in the plane, one figure a level; none if the run has not observed them. */
  static List<Scatter> scatters(PlannedCell cell) {
    var root = read(cell, Observations.FEATURES);
    var scatters = new ArrayList<Scatter>();
    for (var level : root.path("levels")) {
      scatters.add(
          new Scatter(
              cell.dataset(),
              cell.category(),
              number(level),
              root.path("projection").asText(),
              List.of(
                  panel("before amplification", level.path("points"), "before"),
                  panel("after amplification", level.path("points"), "after"))));
    }
    return scatters;
  }

  private static Scatter.Panel panel(String title, JsonNode points, String when) {
    var drawn = new ArrayList<Scatter.Point>();
    for (var point : points) {
      var at = point.path(when);
      drawn.add(
          new Scatter.Point(
              at.path(0).asDouble(), at.path(1).asDouble(), point.path("anomalous").asBoolean()));
    }
    return new Scatter.Panel(title, drawn);
  }

  /** Levels are called a, b, c; counted from 1. */
  private static int number(JsonNode level) {
    return level.path("level").asText().charAt(0) - 'a' + 1;
  }

  private static JsonNode read(PlannedCell cell, String name) {
    Path file = cell.run().orElseThrow().folder().resolve(name);
    try {
      return Files.exists(file)
          ? JSON.readTree(Files.readString(file, StandardCharsets.UTF_8))
          : JSON.createObjectNode();
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be read (" + IoReason.of(e) + "); delete its run's folder", e);
    }
  }
}
