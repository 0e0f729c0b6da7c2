package org.aand.report;

import static java.util.Objects.requireNonNull;

/**
 * The score of one test image.
 *
 * @param file the image, relative to the category's folder, with forward slashes
 * @param label "good" or the kind of defect, as the data set names it
 * @param defective the ground truth of the image
 * @param score the maximum of its anomaly map; more is more anomalous
 */
public record ImageScore(String file, String label, boolean defective, double score) {
  /**
   * @throws IllegalArgumentException if the score is not finite
   */
  public ImageScore {
    requireNonNull(file, "image.file");
    requireNonNull(label, "image.label");
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("the score of " + file + " is " + score);
    }
  }
}
