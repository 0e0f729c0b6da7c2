package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/** The negative: {@code 255 - v}. */
public record Invert() implements Augmenter {
  @Override
  public RgbImage apply(RgbImage image) {
    return ChannelTables.same(value -> 255 - value).apply(image);
  }
}
