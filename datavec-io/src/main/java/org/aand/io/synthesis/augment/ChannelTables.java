package org.aand.io.synthesis.augment;

import java.util.function.IntUnaryOperator;
import org.aand.common.image.RgbImage;

/** A change that maps each value of a channel on its own: one table of 256 bytes per channel. */
@SuppressWarnings("ArrayRecordComponent") // lives for one call
record ChannelTables(byte[] red, byte[] green, byte[] blue) {
  /** The same function for all three channels; its results are clipped to 0..255. */
  static ChannelTables same(IntUnaryOperator function) {
    byte[] table = table(function);
    return new ChannelTables(table, table, table);
  }

  /** The table of a function of 0..255; its results are clipped to 0..255. */
  static byte[] table(IntUnaryOperator function) {
    byte[] table = new byte[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) Saturate.toByte(function.applyAsInt(value));
    }
    return table;
  }

  RgbImage apply(RgbImage image) {
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i += 3) {
      out[i] = red[in[i] & 0xFF];
      out[i + 1] = green[in[i + 1] & 0xFF];
      out[i + 2] = blue[in[i + 2] & 0xFF];
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
