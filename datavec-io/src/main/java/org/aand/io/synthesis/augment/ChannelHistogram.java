package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/** How often each value occurs in one channel. */
final class ChannelHistogram {
  private final int[] counts = new int[256];
  private final int total;

  private ChannelHistogram(int total) {
    this.total = total;
  }

  static ChannelHistogram of(RgbImage image, int channel) {
    byte[] pixels = image.pixels();
    var histogram = new ChannelHistogram(pixels.length / 3);
    for (int i = channel; i < pixels.length; i += 3) {
      histogram.counts[pixels[i] & 0xFF]++;
    }
    return histogram;
  }

  int total() {
    return total;
  }

  int count(int value) {
    return counts[value];
  }

  /** The lowest value left when the {@code cut} darkest pixels are held out; cut < total. */
  int lowestBeyond(int cut) {
    int value = 0;
    for (int aside = counts[0]; aside <= cut; aside += counts[value]) {
      value++;
    }
    return value;
  }

  /** The highest value left when the {@code cut} brightest pixels are held out; cut < total. */
  int highestBeyond(int cut) {
    int value = 255;
    for (int aside = counts[255]; aside <= cut; aside += counts[value]) {
      value--;
    }
    return value;
  }
}
