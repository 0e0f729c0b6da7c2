package org.aand.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.aand.report.ScoredImage;

/**
 * The receiver operating characteristic of image scores: what every threshold flags.
 *
 * <p>An image is flagged when its score is at or above the threshold. Equal scores are flagged
 * together, so that the curve does not depend on the order of the images.
 *
 * @param normal the number of normal images
 * @param defective the number of defective images
 * @param points one point for each distinct score, from the highest threshold to the lowest
 */
public record RocPlot(int normal, int defective, List<Point> points) {

  /**
   * What one threshold does.
   *
   * @param threshold the lowest score that is flagged
   * @param falsePositives normal images flagged
   * @param truePositives defective images flagged
   */
  public record Point(double threshold, int falsePositives, int truePositives) {}

  /** Copies the points. */
  public RocPlot {
    points = List.copyOf(points);
  }

  /** The curve of the scores, with no point for no scores. */
  public static RocPlot of(List<ScoredImage> scores) {
    var sorted =
        scores.stream().sorted(Comparator.comparingDouble(ScoredImage::score).reversed()).toList();
    var points = new ArrayList<Point>();
    int falsePositives = 0;
    int truePositives = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (sorted.get(i).defective()) {
        truePositives++;
      } else {
        falsePositives++;
      }
      double threshold = sorted.get(i).score();
      if (i + 1 == sorted.size() || sorted.get(i + 1).score() < threshold) {
        points.add(new Point(threshold, falsePositives, truePositives));
      }
    }
    return new RocPlot(falsePositives, truePositives, points);
  }

  /** Whether there are normal and defective images, without which there is no curve. */
  public boolean hasBothClasses() {
    return normal > 0 && defective > 0;
  }

  /** The share of normal images that a point flags, 0..1. */
  public double falsePositiveRate(Point point) {
    return point.falsePositives() / (double) normal;
  }

  /** The share of defective images that a point flags, 0..1. */
  public double truePositiveRate(Point point) {
    return point.truePositives() / (double) defective;
  }

  /**
   * The point with the largest F1 = 2 TP / (2 TP + FP + FN); of equal ones that with the highest
   * threshold.
   *
   * @throws IllegalStateException if there is no defective image
   */
  public Point bestF1() {
    if (defective == 0) {
      throw new IllegalStateException("F1 without a defective image");
    }
    Point best = points.get(0);
    for (Point point : points) {
      if (f1(point) > f1(best)) {
        best = point;
      }
    }
    return best;
  }

  private double f1(Point point) {
    // FN = defective - TP, so the denominator is TP + FP + defective.
    return 2.0
        * point.truePositives()
        / (point.truePositives() + point.falsePositives() + defective);
  }
}
