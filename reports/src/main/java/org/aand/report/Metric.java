package org.aand.report;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The metrics that every result names, in the order in which they are written and shown.
 *
 * <p>All are in [0, 1]; more is better. A result has {@code null} for one that was not computed or
 * is undefined, such as an AUROC without a defective image.
 */
public enum Metric {
  IMAGE_AUROC(
      "image_auroc",
      "Image AUROC",
      "chance that a defective image scores above a normal one; 0.5 is guessing"),
  PIXEL_AUROC(
      "pixel_auroc",
      "Pixel AUROC",
      "the same for pixels of all test images together; large defects dominate"),
  AUPRO(
      "aupro_0.3",
      "AUPRO at 0.3",
      "mean overlap with each defect region, up to a false positive rate of 0.3"),
  IMAGE_AP("image_ap", "Image AP", "average precision over images"),
  PIXEL_AP("pixel_ap", "Pixel AP", "average precision over pixels"),
  IMAGE_F1_MAX("image_f1_max", "Image F1 max", "F1 over images at the best threshold"),
  PIXEL_F1_MAX("pixel_f1_max", "Pixel F1 max", "F1 over pixels at the best threshold"),
  STRICT_AUPRO("aupro_0.05", "AUPRO at 0.05", "the same as at 0.3, for few false positives"),
  SEG_F1(
      "seg_f1",
      "SegF1",
      "F1 over pixels at the model's pixel threshold, which knows no test image"),
  AUPIMO(
      "aupimo",
      "AUPIMO",
      "mean share found of each defective image, at false positive rates of 0.00001 to 0.0001 on"
          + " normal images");

  private final String key;
  private final String label;
  private final String description;

  Metric(String key, String label, String description) {
    this.key = key;
    this.label = label;
    this.description = description;
  }

  /** The key in JSON and CSV. */
  @JsonValue
  public String key() {
    return key;
  }

  /** The name for people. */
  public String label() {
    return label;
  }

  /** What the number says, in one line. */
  public String description() {
    return description;
  }
}
