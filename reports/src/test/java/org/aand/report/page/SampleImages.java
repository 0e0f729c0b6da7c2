package org.aand.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.report.ScoredImage;

/** Images of turned parts, some scratched, with an anomaly map that fits the score. */
final class SampleImages {
  private static final int SIZE = 160;

  private SampleImages() {}

  static List<ImageExample> of(List<ScoredImage> scores, ColorScale scale) {
    var examples = new ArrayList<ImageExample>();
    for (ScoredImage score : scores) {
      examples.add(of(score, scale));
    }
    return examples;
  }

  private static ImageExample of(ScoredImage score, ColorScale scale) {
    RandomGenerator random =
        RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(score.file().hashCode());
    var rgb = new byte[3 * SIZE * SIZE];
    var map = new float[SIZE * SIZE];
    var mask = new boolean[SIZE * SIZE];
    double angle = random.nextDouble() * Math.PI;
    double cx = SIZE * (0.35 + 0.3 * random.nextDouble());
    double cy = SIZE * (0.35 + 0.3 * random.nextDouble());
    double length = score.defective() ? 14 + 22 * random.nextDouble() : 0;
    double width = 4 + 5 * random.nextDouble();
    for (int i = 0; i < map.length; i++) {
      int row = i / SIZE;
      double x = i % SIZE;
      double y = row;
      double along = Math.cos(angle) * (x - cx) + Math.sin(angle) * (y - cy);
      double across = -Math.sin(angle) * (x - cx) + Math.cos(angle) * (y - cy);
      mask[i] = Math.hypot(along / Math.max(1, length), across / width) < 1 && length > 0;
      double radius = Math.hypot(x - SIZE / 2.0, y - SIZE / 2.0);
      double light = radius < 68 ? 165 + 35 * Math.cos(radius / 6) - 0.35 * (x - y) : 28;
      light += 9 * random.nextGaussian() - (mask[i] ? 95 : 0);
      for (int c = 0; c < 3; c++) {
        rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, light * (1 - 0.09 * c)));
      }
      double peak = Math.exp(-Math.pow(along / (length + 14), 2) - Math.pow(across / 16, 2));
      double ring = 0.22 * Math.exp(-Math.pow((radius - 68) / 9, 2));
      map[i] = (float) (score.score() * Math.max(peak, ring));
    }
    return new ImageExample(
        score.file(),
        Heatmap.image(rgb, SIZE, SIZE),
        Heatmap.overlay(rgb, map, SIZE, SIZE, scale),
        score.defective() ? Heatmap.outline(mask, SIZE, SIZE) : null);
  }
}
