package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Turns the image about its centre; black comes in at the corners. See {@link AffineRotation}.
 *
 * @param degrees clockwise on the screen
 */
public record Rotate(double degrees) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the angle is not finite
   */
  public Rotate {
    if (!Double.isFinite(degrees)) {
      throw new IllegalArgumentException("rotation by " + degrees + " degrees");
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    return new AffineRotation(image.width(), image.height(), degrees).apply(image);
  }
}
