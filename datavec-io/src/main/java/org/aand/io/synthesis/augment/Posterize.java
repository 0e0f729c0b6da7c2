package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Keeps the leading bits of every value and clears the others.
 *
 * @param bits how many are kept, 1..8
 */
public record Posterize(int bits) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the number of bits is out of range
   */
  public Posterize {
    if (bits < 1 || bits > 8) {
      throw new IllegalArgumentException("posterize to " + bits + " bits");
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    int mask = 0xFF << (8 - bits) & 0xFF;
    return ChannelTables.same(value -> value & mask).apply(image);
  }
}
