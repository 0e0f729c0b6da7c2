package org.aand.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.model.NormalScores;

/**
 * What one of a network's maps shows on normal images, and whether it is the same at each location.
 *
 * <p>A score s of a new image counts as {@code (s - mean) / deviation}. Mean and deviation are
 * those of its location where these foretell normal images better than those of the whole map do:
 * each image in turn is left out, and its scores' density under the normal distributions of the
 * others is compared. The deviation of a location is that over the images plus {@value #FLOOR} of
 * the whole map's, since a few images say little of a single location.
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

  /** Whether an image that is left out is likelier by its locations than by the whole map. */
  boolean locationsForetellMore() {
    if (images() < 2) {
      return false;
    }
    double gain = 0;
    var all = Sums.of(this);
    for (double[] image : images) {
      var whole = all.without(new Sums(image.length, sum(image), sumOfSquares(image)));
      for (int i = 0; i < image.length; i++) {
        var others =
            new Sums(images(), sums[i], squares[i])
                .without(new Sums(1, image[i], image[i] * image[i]));
        gain +=
            logDensity(image[i], others.mean(), FLOOR * whole.deviation() + others.spread())
                - logDensity(image[i], whole.mean(), whole.deviation());
      }
    }
    return gain > 0;
  }

  /** Of a normal distribution, without the constant. */
  private static double logDensity(double value, double mean, double deviation) {
    double distance = (value - mean) / deviation;
    return -Math.log(deviation) - distance * distance / 2;
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double sumOfSquares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
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

    Sums without(Sums some) {
      return new Sums(count - some.count, sum - some.sum, squares - some.squares);
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
