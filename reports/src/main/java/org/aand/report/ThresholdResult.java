package org.aand.report;

import static java.util.Objects.requireNonNull;

/**
 * What a model's own threshold promises, and what it does to a test set. Unlike the metrics it
 * depends on no choice that was made on the test images.
 *
 * @param threshold images that score higher are called anomalous
 * @param basis where it comes from, in words
 * @param falseAlarmRate share of normal images to come that is expected above it
 * @param falseAlarmInterval its interval
 * @param heldOut which images the expectation comes from, in words
 * @param heldOutScores their scores
 * @param defectsFound defective test images above the threshold
 * @param defective defective test images
 * @param falseAlarms normal test images above the threshold
 * @param normal normal test images; none where there were but those that the threshold was set by
 */
public record ThresholdResult(
    double threshold,
    String basis,
    double falseAlarmRate,
    Interval falseAlarmInterval,
    String heldOut,
    Scores heldOutScores,
    int defectsFound,
    int defective,
    int falseAlarms,
    int normal) {

  /** How scores lie. */
  public record Scores(int count, double lowest, double median, double highest) {}

  /**
   * @throws IllegalArgumentException if more images are above the threshold than there are
   */
  public ThresholdResult {
    requireNonNull(basis, "basis");
    requireNonNull(falseAlarmInterval, "falseAlarmInterval");
    requireNonNull(heldOut, "heldOut");
    requireNonNull(heldOutScores, "heldOutScores");
    if (defectsFound < 0 || defectsFound > defective || falseAlarms < 0 || falseAlarms > normal) {
      throw new IllegalArgumentException("more images above the threshold than there are");
    }
  }
}
