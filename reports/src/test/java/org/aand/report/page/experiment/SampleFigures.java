package org.aand.report.page.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.report.Protocol;
import org.aand.report.experiment.figure.Comparison;
import org.aand.report.experiment.figure.Figure;
import org.aand.report.experiment.figure.IntensityCurve;
import org.aand.report.experiment.figure.Scatter;

/** Made-up figures of every kind. */
final class SampleFigures {
  private static final int SIZE = 96;

  private SampleFigures() {}

  static List<Figure> all() {
    var random = new Random(5);
    var figures = new ArrayList<Figure>();
    figures.add(comparison(random));
    for (int level = 1; level <= 2; level++) {
      figures.add(
          new Scatter(
              "mvtec",
              "bottle",
              level,
              "t-SNE, perplexity 30",
              List.of(
                  new Scatter.Panel("before amplification", points(random, 1.2)),
                  new Scatter.Panel("after amplification", points(random, 3.5)))));
    }
    for (int level = 1; level <= 3; level++) {
      figures.add(intensity(random, level));
    }
    return figures;
  }

  private static List<Scatter.Point> points(Random random, double shift) {
    var points = new ArrayList<Scatter.Point>();
    for (int i = 0; i < 600; i++) {
      boolean abnormal = i % 5 == 0;
      double away = abnormal ? shift : 0;
      points.add(
          new Scatter.Point(
              10 * (random.nextGaussian() * 1.1 + away),
              10 * (random.nextGaussian() + away / 3),
              abnormal));
    }
    return points;
  }

  private static IntensityCurve intensity(Random random, int level) {
    var points = new ArrayList<IntensityCurve.Point>();
    for (int epoch = 0; epoch <= 40; epoch++) {
      double normal = 0.03 * Math.exp(-epoch / 6.0) + 0.004;
      double abnormal = 0.6 * level * (1 - Math.exp(-epoch / 9.0)) + 0.01 * random.nextDouble();
      points.add(
          new IntensityCurve.Point(
              epoch,
              new IntensityCurve.Band(normal, 0.4 * normal, 1.9 * normal),
              new IntensityCurve.Band(abnormal, 0.7 * abnormal, 1.25 * abnormal)));
    }
    return new IntensityCurve(
        "mvtec", "bottle", level, "the 10% and 90% quantiles over patches", points);
  }

  private static Comparison comparison(Random random) {
    var images = new ArrayList<Comparison.Image>();
    for (int i = 0; i < 3; i++) {
      boolean good = i == 2;
      double cx = SIZE * (0.35 + 0.3 * random.nextDouble());
      double cy = SIZE * (0.35 + 0.3 * random.nextDouble());
      var rgb = new byte[3 * SIZE * SIZE];
      var truth = new byte[3 * SIZE * SIZE];
      var rd = new float[SIZE * SIZE];
      var aand = new float[SIZE * SIZE];
      for (int p = 0; p < rd.length; p++) {
        int row = p / SIZE;
        double distance = Math.hypot(p % SIZE - cx, row - cy);
        boolean defect = !good && distance < 9;
        double radius = Math.hypot(p % SIZE - SIZE / 2.0, row - SIZE / 2.0);
        double light = (radius < 40 ? 190 - radius : 40) + 6 * random.nextGaussian();
        for (int c = 0; c < 3; c++) {
          rgb[3 * p + c] = (byte) Math.max(0, Math.min(255, defect ? 0.4 * light : light));
          truth[3 * p + c] = (byte) (defect ? 255 : 0);
        }
        double near = good ? 0 : Math.exp(-distance * distance / 200);
        rd[p] = (float) (0.5 * near + 0.15 * Math.exp(-Math.pow((radius - 40) / 6, 2)));
        aand[p] = (float) (1.6 * near + 0.1 * Math.exp(-Math.pow((radius - 40) / 6, 2)));
      }
      images.add(
          new Comparison.Image(
              "test/" + (good ? "good/00" : "broken_small/00") + i + ".png",
              good ? "good" : "broken_small",
              Heatmap.image(rgb, SIZE, SIZE),
              good ? null : Heatmap.image(truth, SIZE, SIZE),
              List.of(
                  new Comparison.Map(
                      Heatmap.overlay(rgb, rd, SIZE, SIZE, new ColorScale(0, 0.6)),
                      good ? 0.15 : 0.5012),
                  new Comparison.Map(
                      Heatmap.overlay(rgb, aand, SIZE, SIZE, new ColorScale(0, 1.6)),
                      good ? 0.1 : 1.6021))));
    }
    return new Comparison(
        "mvtec",
        "bottle",
        Protocol.LAST_EPOCH,
        "The two images that score highest by AAND, and the normal one that scores highest.",
        List.of(new Comparison.Scale("RD", 0, 0.6), new Comparison.Scale("AAND", 0, 1.6)),
        images);
  }
}
