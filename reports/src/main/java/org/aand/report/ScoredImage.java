package org.aand.report;

import static java.util.Objects.requireNonNull;

/**
 * A test image and its score.
 *
 * @param file the image, relative to the category's folder, with forward slashes
 * @param label "good" or the kind of defect, as the data set names it
 * @param defective the ground truth of the image
 * @param score by the rule of its model; more is more anomalous
 */
public record ScoredImage(String file, String label, boolean defective, double score) {
  /**
   * @throws IllegalArgumentException if the score is not finite
   */
  public ScoredImage {
    requireNonNull(file, "image.file");
    requireNonNull(label, "image.label");
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("the score of " + file + " is " + score);
    }
  }
}
