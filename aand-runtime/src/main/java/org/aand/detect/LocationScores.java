package org.aand.detect;

import java.util.List;

/** A network in use: from images to a score of every location at each level. */
@FunctionalInterface
public interface LocationScores {
  /**
   * Runs the network.
   *
   * @param images {@code [height, width, 3]} each, normalised
   * @return for each image the score of each level, {@code [h, w]} in row-major order; with a
   *     student its discrepancy, each in [0, 2]; behind these that of the image, one value, where
   *     {@link org.aand.model.Scoring#scoresImages}
   */
  List<List<double[]>> of(List<float[]> images);
}
