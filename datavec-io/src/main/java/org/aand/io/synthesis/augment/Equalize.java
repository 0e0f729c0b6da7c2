package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/** Flattens the histogram of every channel, as Pillow's equalize does. */
public record Equalize() implements Augmenter {
  @Override
  public RgbImage apply(RgbImage image) {
    return new ChannelTables(
            table(ChannelHistogram.of(image, 0)),
            table(ChannelHistogram.of(image, 1)),
            table(ChannelHistogram.of(image, 2)))
        .apply(image);
  }

  private static byte[] table(ChannelHistogram histogram) {
    int brightest = histogram.highestBeyond(0);
    int step = (histogram.total() - histogram.count(brightest)) / 255;
    if (step == 0) {
      return ChannelTables.table(value -> value);
    }
    byte[] table = new byte[256];
    int running = step / 2;
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) Saturate.toByte(running / step);
      running += histogram.count(value);
    }
    return table;
  }
}
