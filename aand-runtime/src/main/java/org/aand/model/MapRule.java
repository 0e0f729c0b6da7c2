package org.aand.model;

import java.util.List;

/**
 * From the scores of the levels' locations to the anomaly map and the score of the image.
 *
 * <p>The map is the sum of the levels' maps, each enlarged to the image and times its weight, or
 * their product, smoothed by a Gaussian.
 *
 * @param sigma deviation of the smoothing in pixels; 0 for none
 * @param weights of the maps that {@link Scoring} gives, in its order; none at all where each is 1
 * @param score what is made of the map
 * @param combination of the enlarged maps
 */
public record MapRule(
    double sigma, List<Double> weights, ImageScore score, Combination combination) {
  /** How the enlarged maps of several levels become one. */
  public enum Combination {
    /** Added: anomalous where any level says so. */
    SUM,
    /** Multiplied: anomalous where all levels say so. */
    PRODUCT
  }

  /** A rule that adds the maps. */
  public MapRule(double sigma, List<Double> weights, ImageScore score) {
    this(sigma, weights, score, Combination.SUM);
  }

  /**
   * @throws IllegalArgumentException if a number is negative or not finite, or maps that are
   *     multiplied have weights or are compared with those of normal images
   */
  public MapRule {
    weights = List.copyOf(weights);
    if (!isNotNegative(sigma) || !weights.stream().allMatch(MapRule::isNotNegative)) {
      throw new IllegalArgumentException(
          "sigma and the weights of a map are finite and not negative: " + sigma + ", " + weights);
    }
    if (combination == Combination.PRODUCT && !(weights.isEmpty() && !score.isRelative())) {
      throw new IllegalArgumentException(
          "maps that are multiplied have neither weights nor normal scores");
    }
  }

  private static boolean isNotNegative(double value) {
    return Double.isFinite(value) && value >= 0;
  }

  /** The paper's rule: equal weights, the maximum of the map. */
  public static MapRule paper(double sigma) {
    return new MapRule(sigma, List.of(), ImageScore.MAXIMUM);
  }

  /**
   * The product of the maps, and its maximum: student-teacher feature pyramid matching, which
   * smooths nothing.
   */
  public static MapRule product() {
    return new MapRule(0, List.of(), ImageScore.MAXIMUM, Combination.PRODUCT);
  }

  /** Whether it is the paper's. */
  public boolean isPaper() {
    return equals(paper(sigma));
  }

  /** The weight of a map. */
  public double weight(int map) {
    return weights.isEmpty() ? 1 : weights.get(map);
  }
}
