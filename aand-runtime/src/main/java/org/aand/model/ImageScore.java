package org.aand.model;

import java.util.List;

/**
 * The score of an image: the mean of the greatest values of its map; of the anomaly map, or of one
 * that is relative to normal images, location by location.
 *
 * <p>The relative map is made like the anomaly map, but each location's score s counts as {@code (s
 * - mean) / deviation}, both those of normal images at that location.
 *
 * @param share of the map's pixels whose mean is the score, in [0, 1]; 0 for the maximum
 * @param normals of the first maps of {@link Scoring}, which the relative map is made of; none at
 *     all where the score is that of the anomaly map
 */
public record ImageScore(double share, List<NormalScores> normals) {
  /** The paper's: the maximum of the anomaly map. */
  public static final ImageScore MAXIMUM = new ImageScore(0, List.of());

  /**
   * @throws IllegalArgumentException if the share is no share
   */
  public ImageScore {
    normals = List.copyOf(normals);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share of the map's pixels is in [0, 1]: " + share);
    }
  }

  /** Whether locations are compared with their own normal scores. */
  public boolean isRelative() {
    return !normals.isEmpty();
  }

  /** How many values of a map of so many pixels count, at least 1. */
  public int count(int pixels) {
    return Math.max(1, (int) Math.round(share * pixels));
  }
}
