package org.aand.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.aand.analysis.FeatureDistribution;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.ObservationJson;
import org.aand.pipeline.Observations;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.Scatter;

/** The figures of what a run has observed besides (Figs. 6 and 8). */
final class ObservedFigures {
  private static final String SPREAD = "none; means over patches alone";

  private ObservedFigures() {}

  /** Intensity of residuals, one curve a level; none if the run has not observed it. */
  static List<IntensityCurve> intensities(PlannedCell cell) {
    var levels = new TreeMap<Integer, List<IntensityCurve.Point>>();
    for (var observed : ObservationJson.readResiduals(file(cell, Observations.RESIDUALS))) {
      for (var level : observed.levels()) {
        if (level.normal().isPresent() && level.anomalous().isPresent()) {
          levels
              .computeIfAbsent(number(level.level()), key -> new ArrayList<>())
              .add(
                  new IntensityCurve.Point(
                      observed.epochs(), band(level.normal()), band(level.anomalous())));
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

  private static IntensityCurve.Band band(OptionalDouble mean) {
    double value = mean.orElseThrow();
    return new IntensityCurve.Band(value, value, value);
  }

  /** Features in the plane, one figure a level; none if the run has not observed them. */
  static List<Scatter> scatters(PlannedCell cell) {
    return ObservationJson.readFeatures(file(cell, Observations.FEATURES)).stream()
        .flatMap(distribution -> distribution.levels().stream())
        .map(
            level ->
                new Scatter(
                    cell.dataset(),
                    cell.category(),
                    number(level.level()),
                    ObservationJson.PROJECTION,
                    List.of(
                        panel("before amplification", level, true),
                        panel("after amplification", level, false))))
        .toList();
  }

  private static Scatter.Panel panel(
      String title, FeatureDistribution.Level level, boolean before) {
    var drawn = new ArrayList<Scatter.Point>();
    for (var point : level.points()) {
      var at = before ? point.before() : point.after();
      drawn.add(new Scatter.Point(at.get(0), at.get(1), point.anomalous()));
    }
    return new Scatter.Panel(title, drawn);
  }

  /** Levels are called a, b, c; counted from 1. */
  private static int number(String level) {
    return Backbone.LEVEL_NAMES.indexOf(level) + 1;
  }

  private static Path file(PlannedCell cell, String name) {
    return cell.run().orElseThrow().folder().resolve(name);
  }
}
