package org.aand.report.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.aand.report.experiment.published.Dataset;
import org.aand.report.experiment.published.Published;
import org.aand.report.experiment.published.PublishedTable;

/** Made-up cells of all experiments: near the published values, some missing, some failed. */
public final class SampleCells {
  private SampleCells() {}

  /** Three seeds of everything but what is left out to show missing and failed cells. */
  public static Cells all() {
    var random = new Random(11);
    var cells = new ArrayList<Cell>();
    for (PublishedTable table : Published.tables()) {
      if (List.of("I", "II", "V", "VI", "VII").contains(table.id())) {
        for (PublishedTable.Row row : table.rows()) {
          if (row.measured()) {
            Published.datasets().forEach(d -> addRow(cells, random, table, row, d));
          }
        }
      }
    }
    for (String row : List.of("rd", "rd++", "aand")) {
      double parameters = 161.08 + row.length();
      cells.add(
          Cell.done("complexity", row, "mvtec3d", "foam", 0, Protocol.LAST_EPOCH, Map.of())
              .withCost(parameters, 0.4 + 0.01 * row.length()));
    }
    for (String category : List.of("bottle", "screw")) {
      for (int size : new int[] {10, 25, 50, 100, 200}) {
        addSweep(cells, random, "memory-size", size, category, 0.002 * Math.abs(size - 50) / 50);
      }
      for (int k : new int[] {1, 5, 10, 20, 50}) {
        addSweep(cells, random, "top-k", k, category, 0.004 * Math.abs(Math.log(k / 10.0)));
      }
    }
    return new Cells(cells);
  }

  private static void addRow(
      List<Cell> cells,
      Random random,
      PublishedTable table,
      PublishedTable.Row row,
      Dataset dataset) {
    var means = new EnumMap<Metric, Double>(Metric.class);
    for (int c = 0; c < table.columns().size(); c++) {
      Double value = row.values().get(c);
      if (dataset.key().equals(table.columns().get(c).dataset()) && value != null) {
        means.put(metric(table.columns().get(c).measure()), value / 100);
      }
    }
    if (means.isEmpty()) {
      return;
    }
    for (String category : dataset.categories()) {
      boolean gone = dataset.key().equals("mvtec3d") && category.equals("rope");
      for (int seed = 0; seed < 3; seed++) {
        if (gone && row.key().equals("rd++")) {
          continue;
        }
        if (gone && row.key().equals("aand")) {
          cells.add(
              Cell.failed(
                  table.experiment(),
                  row.key(),
                  dataset.key(),
                  category,
                  seed,
                  Protocol.LAST_EPOCH,
                  "train/good/017.png is not a PNG file: it is empty"));
          continue;
        }
        var metrics = new EnumMap<Metric, Double>(Metric.class);
        means.forEach(
            (metric, mean) ->
                metrics.put(
                    metric,
                    Math.max(0, Math.min(1, mean - 0.006 + 0.012 * random.nextGaussian()))));
        cells.add(
            Cell.done(
                    table.experiment(),
                    row.key(),
                    dataset.key(),
                    category,
                    seed,
                    Protocol.LAST_EPOCH,
                    metrics)
                .withSeconds(600 + 60 * random.nextDouble()));
      }
    }
  }

  private static Metric metric(Measure measure) {
    return switch (measure) {
      case IMAGE_AUROC -> Metric.IMAGE_AUROC;
      case PIXEL_AUROC -> Metric.PIXEL_AUROC;
      case AUPRO -> Metric.AUPRO;
      default -> throw new IllegalArgumentException("no metric: " + measure);
    };
  }

  private static void addSweep(
      List<Cell> cells, Random random, String experiment, int value, String category, double loss) {
    for (int seed = 0; seed < 3; seed++) {
      var metrics =
          Map.of(
              Metric.IMAGE_AUROC, 0.985 - loss + 0.002 * random.nextGaussian(),
              Metric.PIXEL_AUROC, 0.979 - loss / 2 + 0.001 * random.nextGaussian(),
              Metric.AUPRO, 0.948 - loss + 0.001 * random.nextGaussian());
      cells.add(
          Cell.done(
              experiment,
              String.valueOf(value),
              "mvtec",
              category,
              seed,
              Protocol.LAST_EPOCH,
              metrics));
    }
  }
}
