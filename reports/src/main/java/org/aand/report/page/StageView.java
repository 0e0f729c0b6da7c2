package org.aand.report.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.aand.report.Epoch;
import org.aand.report.Stage;
import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;
import org.jspecify.annotations.Nullable;

/**
 * The loss curves of one training stage, and the same numbers as a table.
 *
 * @param plot {@code null} when no loss of any epoch was finite
 * @param drops the positions between epochs where the learning rate was lowered
 */
record StageView(
    String heading,
    @Nullable Plot plot,
    List<Line> lines,
    List<String> drops,
    String caption,
    List<String> columns,
    List<List<String>> rows) {

  /**
   * A loss over the epochs.
   *
   * @param series its colour class
   * @param last its value in the last epoch
   */
  record Line(String name, String series, String last, String path, List<Dot> dots) {}

  /** A single epoch's loss. */
  record Dot(String x, String y, String label) {}

  static StageView of(Report.Run run, Stage stage) {
    List<Epoch> epochs = stage.epochs();
    var names = new LinkedHashSet<String>();
    epochs.forEach(epoch -> names.addAll(epoch.losses().keySet()));
    Plot plot = plot(run, stage);
    var lines = new ArrayList<Line>();
    if (plot != null) {
      int index = 0;
      for (String name : names) {
        lines.add(line(name, Series.loss(index++), epochs, plot));
      }
    }
    return new StageView(
        run.name() + ", " + stageLabel(stage.name()),
        plot,
        lines,
        plot == null ? List.of() : drops(epochs, plot.x()),
        caption(stage),
        columns(names),
        epochs.stream().map(epoch -> row(epoch, names)).toList());
  }

  private static String stageLabel(String name) {
    return switch (name) {
      case "stage1" -> "stage 1: amplification";
      case "stage2" -> "stage 2: distillation";
      case "rd" -> "distillation";
      default -> name;
    };
  }

  private static @Nullable Plot plot(Report.Run run, Stage stage) {
    double highest =
        stage.epochs().stream()
            .flatMap(epoch -> epoch.losses().values().stream())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(Double.NaN);
    double lowest =
        stage.epochs().stream()
            .flatMap(epoch -> epoch.losses().values().stream())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .min()
            .orElse(Double.NaN);
    if (Double.isNaN(highest)) {
      return null;
    }
    int first = stage.epochs().get(0).epoch();
    int last = stage.epochs().get(stage.epochs().size() - 1).epoch();
    return new Plot(
        340,
        210,
        Axis.whole(first, last, 44, 332, 8),
        Axis.rounded(Math.min(0, lowest), highest, 172, 10, 5),
        "epoch",
        "",
        "Losses of "
            + run.name()
            + " in "
            + stage.name()
            + " over epochs "
            + first
            + " to "
            + last);
  }

  private static Line line(String name, String series, List<Epoch> epochs, Plot plot) {
    var x = new double[epochs.size()];
    var y = new double[epochs.size()];
    var dots = new ArrayList<Dot>();
    String last = "–";
    for (int i = 0; i < x.length; i++) {
      Double loss = epochs.get(i).losses().get(name);
      x[i] = plot.x().at(epochs.get(i).epoch());
      y[i] = loss == null ? Double.NaN : plot.y().at(loss);
      last = loss == null ? "–" : Numbers.significant(loss, 4);
      if (loss != null) {
        String label = name + ", epoch " + epochs.get(i).epoch() + ": " + last;
        dots.add(new Dot(Svg.number(x[i]), Svg.number(y[i]), label));
      }
    }
    return new Line(name, series, last, Svg.path(x, y), dots);
  }

  private static List<String> drops(List<Epoch> epochs, Axis x) {
    var drops = new ArrayList<String>();
    for (int i = 1; i < epochs.size(); i++) {
      if (epochs.get(i).learningRate() < epochs.get(i - 1).learningRate()) {
        drops.add(x.svg(epochs.get(i).epoch() - 0.5));
      }
    }
    return drops;
  }

  private static String caption(Stage stage) {
    var rates = new LinkedHashSet<String>();
    stage.epochs().forEach(epoch -> rates.add(Numbers.significant(epoch.learningRate(), 6)));
    return "Mean loss of each epoch. "
        + (rates.size() > 1
            ? "Dotted: the learning rate falls, " + String.join(" → ", rates) + "."
            : "")
        + (rates.size() == 1 ? "Learning rate " + rates.iterator().next() + "." : "")
        + (stage.secondsPerStep() == null
            ? ""
            : " One step takes " + Numbers.seconds(stage.secondsPerStep()) + ".");
  }

  private static List<String> columns(LinkedHashSet<String> names) {
    var columns = new ArrayList<>(List.of("Epoch", "Learning rate"));
    columns.addAll(names);
    columns.addAll(List.of("Seconds", "Seconds per step"));
    return columns;
  }

  private static List<String> row(Epoch epoch, LinkedHashSet<String> names) {
    var row = new ArrayList<String>();
    row.add(String.valueOf(epoch.epoch()));
    row.add(Numbers.significant(epoch.learningRate(), 6));
    for (String name : names) {
      Double loss = epoch.losses().get(name);
      row.add(loss == null ? "–" : Numbers.fixed(loss, 5));
    }
    row.add(Numbers.fixed(epoch.seconds(), 1));
    row.add(Numbers.fixed(epoch.secondsPerStep(), 3));
    return row;
  }
}
