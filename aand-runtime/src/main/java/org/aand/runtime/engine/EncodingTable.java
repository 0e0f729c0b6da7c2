package org.aand.runtime.engine;

import org.aand.network.raa.PositionalEncoding;
import org.aand.runtime.kernel.Elements;

/**
 * The position encoding of one map size: the first half of the channels tells the column, the
 * second the row, so a line and a column of it are all of it.
 */
final class EncodingTable {
  private final int width;
  private final int locations;
  private final int channels;
  private final float[] alongX;
  private final float[] alongY;

  /** Of maps of that size. */
  EncodingTable(Value x) {
    width = x.width();
    locations = x.locations();
    channels = x.channels();
    alongX = rounded(PositionalEncoding.of(channels, 1, width));
    alongY = rounded(PositionalEncoding.of(channels, x.height(), 1));
  }

  private static float[] rounded(double[] exact) {
    float[] single = new float[exact.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) exact[i];
    }
    return single;
  }

  /**
   * Adds the encoding to some channels of a location.
   *
   * @param map {@code [N, H, W, C]}
   * @param row the location, images one after the other
   * @param k the first channel
   * @param depth number of channels
   * @param at where the sum goes
   */
  void add(float[] map, int row, int k, int depth, float[] to, int at) {
    int location = row % locations;
    int x = location % width * channels;
    int y = location / width * channels;
    int from = row * channels;
    int half = channels / 2;
    int first = Math.max(0, Math.min(depth, half - k));
    Elements.add(map, from + k, alongX, x + k, to, at, first);
    Elements.add(map, from + k + first, alongY, y + k + first, to, at + first, depth - first);
  }
}
