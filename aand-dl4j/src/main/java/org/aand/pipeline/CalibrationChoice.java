package org.aand.pipeline;

import java.util.OptionalDouble;
import org.aand.calibration.Calibrator;
import org.aand.io.dataset.Category;

/**
 * Which of the normal training images are held out for calibration, and what for.
 *
 * <p>Unless a share is asked for, the validation images of the data set are taken, if it has any.
 * Else images are held out only where the category has no test images: a folder of normal parts, to
 * be used. A category with a test set is a research data set, whose metrics are compared with
 * others' and therefore need every training image; its test images decide nothing, so its model
 * stays uncalibrated.
 *
 * @param share of the normal images, in [0, 1); empty for the rule above
 * @param falseAlarmRate accepted, in (0, 1)
 */
public record CalibrationChoice(OptionalDouble share, double falseAlarmRate) {
  /** Share of the normal images where there is no test set. */
  public static final double SHARE = 0.1;

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public CalibrationChoice {
    if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() < 1)) {
      throw new IllegalArgumentException("a calibration share is at least 0 and below 1");
    }
    if (!(falseAlarmRate > 0 && falseAlarmRate < 1)) {
      throw new IllegalArgumentException("a false-alarm rate is between 0 and 1");
    }
  }

  /** The rule above, with the usual false-alarm rate. */
  public static CalibrationChoice automatic() {
    return new CalibrationChoice(OptionalDouble.empty(), Calibrator.FALSE_ALARM_RATE);
  }

  /**
   * Divides a category's normal images. What the data set itself holds out is taken where no share
   * is asked for.
   *
   * @param seed of the draw
   */
  HeldOut divide(Category category, long seed) {
    if (share.isEmpty() && !category.validation().isEmpty()) {
      return new HeldOut(category.train(), category.validation());
    }
    return HeldOut.of(category.train(), share.orElse(category.test().isEmpty() ? SHARE : 0), seed);
  }
}
