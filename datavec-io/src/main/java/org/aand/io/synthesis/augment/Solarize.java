package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Inverts the bright values: {@code 255 - v} where v is at least the integer part of the threshold.
 *
 * @param threshold 0..255
 * @param active whether anything happens; the draw leaves every other image as it is
 */
public record Solarize(double threshold, boolean active) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the threshold is out of range
   */
  public Solarize {
    if (!(threshold >= 0 && threshold <= 255)) {
      throw new IllegalArgumentException("solarize threshold " + threshold);
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    if (!active) {
      return image;
    }
    int level = (int) threshold;
    return ChannelTables.same(value -> value >= level ? 255 - value : value).apply(image);
  }
}
