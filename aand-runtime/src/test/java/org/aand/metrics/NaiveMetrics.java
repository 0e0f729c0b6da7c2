package org.aand.metrics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The metrics as their definitions read, without a thought for speed. */
final class NaiveMetrics {
  private NaiveMetrics() {}

  /** Over all pairs: won, half for a tie. */
  static double auroc(float[] scores, boolean[] isDefective) {
    double won = 0;
    double pairs = 0;
    for (int d = 0; d < scores.length; d++) {
      for (int n = 0; n < scores.length; n++) {
        if (isDefective[d] && !isDefective[n]) {
          pairs++;
          won += scores[d] > scores[n] ? 1 : scores[d] == scores[n] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }

  static double averagePrecision(float[] scores, boolean[] isDefective) {
    double sum = 0;
    double recall = 0;
    for (double threshold : descending(scores)) {
      double found = count(scores, isDefective, true, threshold);
      double precision = found / (found + count(scores, isDefective, false, threshold));
      double nextRecall = found / count(scores, isDefective, true, Double.NEGATIVE_INFINITY);
      sum += (nextRecall - recall) * precision;
      recall = nextRecall;
    }
    return sum;
  }

  /** F1 = 2 TP / (2 TP + FP + FN), over all thresholds. */
  static double f1(float[] scores, boolean[] isDefective, double threshold) {
    double found = count(scores, isDefective, true, threshold);
    double all = count(scores, isDefective, true, Double.NEGATIVE_INFINITY);
    return 2 * found / (found + count(scores, isDefective, false, threshold) + all);
  }

  static double f1Max(float[] scores, boolean[] isDefective) {
    return Arrays.stream(descending(scores))
        .map(threshold -> f1(scores, isDefective, threshold))
        .max()
        .orElseThrow();
  }

  /** Every distinct map value as threshold; trapezoids cut at the limit. */
  static double aupro(RandomCategory category, double limit) {
    float[] pixels = category.pixels();
    boolean[] labels = category.pixelLabels();
    double normal = count(pixels, labels, false, Double.NEGATIVE_INFINITY);
    double area = 0;
    double x = 0;
    double y = 0;
    for (double threshold : descending(pixels)) {
      double nextX = count(pixels, labels, false, threshold) / normal;
      double nextY = meanOverlap(category, threshold);
      if (nextX <= limit) {
        area += (nextX - x) * (y + nextY) / 2;
      } else if (x < limit) {
        double atLimit = y + (nextY - y) * (limit - x) / (nextX - x);
        area += (limit - x) * (y + atLimit) / 2;
      }
      x = nextX;
      y = nextY;
    }
    return area / limit;
  }

  private static double meanOverlap(RandomCategory category, double threshold) {
    double sum = 0;
    int regions = 0;
    for (int image = 0; image < category.maps().size(); image++) {
      float[] map = category.maps().get(image);
      for (List<Integer> region :
          regions(category.masks().get(image), category.width(), category.height(), true)) {
        sum += region.stream().filter(p -> map[p] >= threshold).count() / (double) region.size();
        regions++;
      }
    }
    return sum / regions;
  }

  /** Flood fill, in the order in which a scan meets the regions. */
  static List<List<Integer>> regions(byte[] mask, int width, int height, boolean corners) {
    var regions = new ArrayList<List<Integer>>();
    boolean[] seen = new boolean[mask.length];
    for (int start = 0; start < mask.length; start++) {
      if (mask[start] == 0 || seen[start]) {
        continue;
      }
      var region = new ArrayList<Integer>();
      var open = new ArrayDeque<Integer>();
      open.add(start);
      seen[start] = true;
      while (!open.isEmpty()) {
        int pixel = open.remove();
        region.add(pixel);
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            int x = pixel % width + dx;
            int y = pixel / width + dy;
            boolean allowed = corners || dx == 0 || dy == 0;
            if (allowed && x >= 0 && y >= 0 && x < width && y < height) {
              int next = y * width + x;
              if (mask[next] != 0 && !seen[next]) {
                seen[next] = true;
                open.add(next);
              }
            }
          }
        }
      }
      regions.add(region);
    }
    return regions;
  }

  static double count(float[] scores, boolean[] isDefective, boolean label, double threshold) {
    double count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (isDefective[i] == label && scores[i] >= threshold) {
        count++;
      }
    }
    return count;
  }

  private static double[] descending(float[] scores) {
    double[] distinct = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      distinct[i] = -scores[i];
    }
    return Arrays.stream(distinct).distinct().sorted().map(v -> -v).toArray();
  }
}
