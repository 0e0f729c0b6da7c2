package org.aand.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.model.NormalScores;

/**
 * What one of a network's maps shows on normal images, and whether it is the same at each location.
 *
 * <p>A score s of a new image counts as {@code (s - mean) / deviation}. Mean and deviation are
 * those of its location where the locations' means foretell normal images with a smaller squared
 * error than the mean of the whole map does, each image in turn left out of the means; else those
 * of the whole map. The deviation of a location is that over the images plus {@value #FLOOR} of the
 * whole map's, since a few images say little of a single location.
 */
final class NormalMap {
  private static final double FLOOR = 0.5;

  /** Deviation of a map in which all locations score alike. */
  private static final double LEAST_DEVIATION = 1e-6;

  private final List<double[]> images = new ArrayList<>();
  private final double[] sums;
  private final double[] squares;

  /**
   * @param locations of the map
   */
  NormalMap(int locations) {
    sums = new double[locations];
    squares = new double[locations];
  }

  /**
   * Adds a normal image's scores.
   *
   * @param scores {@code [h, w]}, kept
   */
  void add(double[] scores) {
    images.add(scores);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += scores[i];
      squares[i] += scores[i] * scores[i];
    }
  }

  /** How many images there are. */
  int images() {
    return images.size();
  }

  /** Over all images and locations. */
  double deviation() {
    return Sums.of(this).deviation();
  }

  /**
   * What a new image's scores are compared with.
   *
   * @param weight of the map beside others
   */
  NormalScores normals(double weight) {
    float[] means = new float[sums.length];
    float[] deviations = new float[sums.length];
    var whole = Sums.of(this);
    boolean own = locationsForetellMore();
    for (int i = 0; i < means.length; i++) {
      var location = new Sums(images(), sums[i], squares[i]);
      means[i] = (float) (own ? location : whole).mean();
      deviations[i] =
          (float)
              ((own ? FLOOR * whole.deviation() + location.spread() : whole.deviation()) / weight);
    }
    return new NormalScores(means, deviations);
  }

  /** Whether the other images' locations foretell an image better than their whole maps do. */
  boolean locationsForetellMore() {
    if (images() < 2) {
      return false;
    }
    double gain = 0;
    double all = sum(sums);
    double others = (images() - 1.0) * sums.length;
    for (double[] image : images) {
      double whole = (all - sum(image)) / others;
      for (int i = 0; i < image.length; i++) {
        double location = (sums[i] - image[i]) / (images() - 1);
        gain += square(image[i] - whole) - square(image[i] - location);
      }
    }
    return gain > 0;
  }

  private static double square(double value) {
    return value * value;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  /**
   * Sums of some scores.
   *
   * @param count how many
   * @param sum of them
   * @param squares sum of their squares
   */
  private record Sums(double count, double sum, double squares) {
    static Sums of(NormalMap map) {
      return new Sums(
          (double) map.images() * map.sums.length,
          NormalMap.sum(map.sums),
          NormalMap.sum(map.squares));
    }

    double mean() {
      return sum / count;
    }

    double spread() {
      return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }

    double deviation() {
      return Math.max(LEAST_DEVIATION, spread());
    }
  }
}
