package org.aand.model;

import java.util.Arrays;

/**
 * What the locations of a level score in normal images.
 *
 * <ul>
 *   <li>means, deviations: {@code [h, w]} in row-major order; deviations above 0
 * </ul>
 */
public final class NormalScores {
  private final float[] means;
  private final float[] deviations;

  /**
   * @param means of each location; taken over
   * @param deviations of each location, above 0; taken over
   * @throws IllegalArgumentException if the lengths differ, or a value is out of range
   */
  public NormalScores(float[] means, float[] deviations) {
    if (means.length != deviations.length) {
      throw new IllegalArgumentException(
          means.length + " means of locations, but " + deviations.length + " deviations");
    }
    for (int i = 0; i < means.length; i++) {
      if (!Float.isFinite(means[i]) || !Float.isFinite(deviations[i]) || !(deviations[i] > 0)) {
        throw new IllegalArgumentException(
            "the normal score of a location is " + means[i] + " with deviation " + deviations[i]);
      }
    }
    this.means = means;
    this.deviations = deviations;
  }

  /** The means of all locations, a copy. */
  float[] means() {
    return means.clone();
  }

  /** The deviations of all locations, a copy. */
  float[] deviations() {
    return deviations.clone();
  }

  /** How many locations there are. */
  public int locations() {
    return means.length;
  }

  /** The mean at a location. */
  public float mean(int location) {
    return means[location];
  }

  /** The deviation at a location. */
  public float deviation(int location) {
    return deviations[location];
  }

  /** Scores as deviations from the normal mean; {@code [h, w]}. */
  public double[] relative(double[] scores) {
    double[] relative = new double[scores.length];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = (scores[i] - means[i]) / deviations[i];
    }
    return relative;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NormalScores scores
        && Arrays.equals(means, scores.means)
        && Arrays.equals(deviations, scores.deviations);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
  }
}
