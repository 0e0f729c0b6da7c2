package org.aand.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.metrics.MeanInterval;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Measure;

/**
 * How an experiment's rows differ from its baseline: the mean over pairs of the same category and
 * seed, with the interval of Student's t.
 *
 * <p>Seeds of one category are no independent samples of all the parts there are; the interval
 * speaks of these categories.
 */
public final class PairedDifferences {
  private static final double CONFIDENCE = 0.95;
  private static final List<Measure> MEASURES =
      List.of(Measure.IMAGE_AUROC, Measure.PIXEL_AUROC, Measure.AUPRO);

  private PairedDifferences() {}

  /**
   * A line for every row and measure that have pairs; none without a baseline.
   *
   * @param cells of the experiment
   */
  public static List<String> lines(Experiment experiment, List<Cell> cells) {
    var lines = new ArrayList<String>();
    experiment
        .baseline()
        .ifPresent(
            baseline -> {
              for (var row : experiment.rows()) {
                if (!row.key().equals(baseline)) {
                  for (var measure : MEASURES) {
                    line(baseline, row.key(), measure, cells).ifPresent(lines::add);
                  }
                }
              }
            });
    return lines;
  }

  private static Optional<String> line(
      String baseline, String row, Measure measure, List<Cell> cells) {
    var of = values(baseline, measure, cells);
    var differences = new ArrayList<Double>();
    values(row, measure, cells)
        .forEach(
            (pair, value) -> {
              if (of.containsKey(pair)) {
                differences.add(value - of.get(pair));
              }
            });
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    var mean = MeanInterval.of(differences.stream().mapToDouble(d -> d).toArray(), CONFIDENCE);
    var interval =
        mean.lower().isPresent() && mean.upper().isPresent()
            ? String.format(
                Locale.ROOT,
                " (95 %% %+.1f to %+.1f)",
                mean.lower().getAsDouble(),
                mean.upper().getAsDouble())
            : "";
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s minus %s, %s: %+.1f points%s over %d pairs",
            row,
            baseline,
            measure.label(),
            mean.mean(),
            interval,
            mean.runs()));
  }

  /** By category and seed. */
  private static Map<List<Object>, Double> values(String row, Measure measure, List<Cell> cells) {
    var values = new LinkedHashMap<List<Object>, Double>();
    for (var cell : cells) {
      OptionalDouble value = measure.of(cell);
      if (cell.row().equals(row) && value.isPresent()) {
        values.put(
            List.of(cell.dataset(), cell.category(), cell.protocol(), cell.seed()),
            value.getAsDouble());
      }
    }
    return values;
  }
}
