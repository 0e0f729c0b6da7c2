package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Stretches every channel to 0..255 after setting aside its darkest and brightest pixels, as
 * Pillow's autocontrast does.
 *
 * @param cutoff per cent of the pixels held out at each end, 0..49
 */
public record Autocontrast(int cutoff) implements Augmenter {
  /**
   * @throws IllegalArgumentException if the cutoff is out of range
   */
  public Autocontrast {
    if (cutoff < 0 || cutoff > 49) {
      throw new IllegalArgumentException("autocontrast cutoff " + cutoff + " %");
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    int cut = (int) ((long) image.width() * image.height() * cutoff / 100);
    return new ChannelTables(
            table(ChannelHistogram.of(image, 0), cut),
            table(ChannelHistogram.of(image, 1), cut),
            table(ChannelHistogram.of(image, 2), cut))
        .apply(image);
  }

  private static byte[] table(ChannelHistogram histogram, int cut) {
    int low = histogram.lowestBeyond(cut);
    int high = histogram.highestBeyond(cut);
    if (high <= low) {
      return ChannelTables.table(value -> value);
    }
    double scale = 255.0 / (high - low);
    double offset = -low * scale;
    return ChannelTables.table(value -> (int) (value * scale + offset));
  }
}
