package org.aand.io.foreground;

import java.util.Optional;
import org.aand.common.image.GrayImage;
import org.aand.common.image.Luminance;
import org.aand.common.image.RgbImage;

/** Tells an object from its background where nothing is known about either. */
final class OtsuForeground {
  /** Above what an even spread of levels has, such as uneven light on one surface. */
  static final double LEAST_SEPARABILITY = 0.8;

  /** In grey levels of 256. */
  static final double LEAST_CONTRAST = 32;

  /** The part of the border that has to be background. */
  static final double LEAST_BORDER = 0.75;

  /** The blur's deviation is this part of the shorter side: 8 pixels of 1024, as the rules have. */
  private static final double BLUR = 1.0 / 128;

  private OtsuForeground() {}

  /**
   * Finds the object.
   *
   * @return {@code [height, width]}, 255 on it; empty if the image has no two clear classes
   */
  static Optional<GrayImage> object(RgbImage image) {
    double sigma = Math.max(1, BLUR * Math.min(image.width(), image.height()));
    var blurred = new GaussianBlur(sigma).applyTruncating(Luminance.of(image));
    var threshold = OtsuThreshold.of(blurred);
    if (threshold.separability() < LEAST_SEPARABILITY || threshold.contrast() < LEAST_CONTRAST) {
      return Optional.empty();
    }
    double dark = darkPartOfBorder(blurred, threshold.level());
    if (Math.max(dark, 1 - dark) < LEAST_BORDER) {
      return Optional.empty();
    }
    boolean brightObject = dark > 0.5;
    return Optional.of(
        BinaryMask.where(
            image.width(),
            image.height(),
            (x, y) -> blurred.at(x, y) > threshold.level() == brightObject));
  }

  private static double darkPartOfBorder(GrayImage image, int level) {
    int right = image.width() - 1;
    int bottom = image.height() - 1;
    long dark = 0;
    long all = 0;
    for (int x = 0; x <= right; x++) {
      dark += (image.at(x, 0) <= level ? 1 : 0) + (image.at(x, bottom) <= level ? 1 : 0);
      all += 2;
    }
    for (int y = 1; y < bottom; y++) {
      dark += (image.at(0, y) <= level ? 1 : 0) + (image.at(right, y) <= level ? 1 : 0);
      all += 2;
    }
    return (double) dark / all;
  }
}
