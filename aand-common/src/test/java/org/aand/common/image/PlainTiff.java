package org.aand.common.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Uncompressed one-strip TIFF files of pixel types that ImageIO does not write. */
final class PlainTiff {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;
  private static final int DIRECTORY = 8;

  private record Entry(int type, int count, int value) {}

  private PlainTiff() {}

  /**
   * Assembles a file.
   *
   * @param bits per channel
   * @param format 1 unsigned, 3 floating point
   * @param data little-endian, {@code [height, width, channels]}
   */
  static byte[] of(int width, int height, int channels, int bits, int format, byte[] data) {
    return of(width, height, channels, bits, format, data, Map.of());
  }

  /**
   * Assembles a file with more tags.
   *
   * @param more value by tag, in place of those that follow from the rest
   */
  static byte[] of(
      int width,
      int height,
      int channels,
      int bits,
      int format,
      byte[] data,
      Map<Integer, Integer> more) {
    var entries = new TreeMap<Integer, Entry>();
    entries.put(256, new Entry(LONG, 1, width));
    entries.put(257, new Entry(LONG, 1, height));
    entries.put(258, new Entry(SHORT, channels, bits));
    entries.put(259, new Entry(SHORT, 1, 1));
    entries.put(262, new Entry(SHORT, 1, channels > 1 ? 2 : 1));
    entries.put(273, new Entry(LONG, 1, 0));
    entries.put(277, new Entry(SHORT, 1, channels));
    entries.put(278, new Entry(LONG, 1, height));
    entries.put(279, new Entry(LONG, 1, data.length));
    entries.put(339, new Entry(SHORT, 1, format));
    more.forEach((tag, value) -> entries.put(tag, new Entry(LONG, 1, value)));
    int bitsAt = DIRECTORY + 2 + entries.size() * 12 + 4;
    int strip = bitsAt + 8;
    if (channels > 1) {
      entries.put(258, new Entry(SHORT, channels, bitsAt));
    }
    entries.computeIfPresent(273, (tag, entry) -> new Entry(LONG, 1, strip));

    var file = ByteBuffer.allocate(strip + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(DIRECTORY);
    file.putShort((short) entries.size());
    entries.forEach(
        (tag, entry) ->
            file.putShort((short) (int) tag)
                .putShort((short) entry.type())
                .putInt(entry.count())
                .putInt(entry.value()));
    file.putInt(0);
    for (int i = 0; i < 4; i++) {
      file.putShort((short) bits);
    }
    return file.put(data).array();
  }

  /**
   * Assembles a BigTIFF of grey.
   *
   * @param note its orientation
   */
  static byte[] big(int width, int height, byte[] grey, int note) {
    var entries = new TreeMap<Integer, Integer>();
    entries.put(256, width);
    entries.put(257, height);
    entries.put(258, 8);
    entries.put(259, 1);
    entries.put(262, 1);
    entries.put(274, note);
    entries.put(277, 1);
    entries.put(278, height);
    entries.put(279, grey.length);
    int strip = 16 + 8 + (entries.size() + 1) * 20 + 8;
    entries.put(273, strip);
    var file = ByteBuffer.allocate(strip + grey.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I')
        .put((byte) 'I')
        .putShort((short) 43)
        .putShort((short) 8)
        .putShort((short) 0);
    file.putLong(16).putLong(entries.size());
    entries.forEach(
        (tag, value) ->
            file.putShort((short) (int) tag)
                .putShort((short) (tag == 273 ? LONG8 : LONG))
                .putLong(1)
                .putLong(value));
    return file.putLong(0).put(grey).array();
  }

  /**
   * Packs samples of any depth, most significant bit first, each row to whole bytes.
   *
   * @param samples {@code [height, width x channels]}
   * @param perRow how many make a row
   */
  static byte[] packed(int[] samples, int perRow, int bits) {
    int rowBytes = (perRow * bits + 7) / 8;
    byte[] data = new byte[samples.length / perRow * rowBytes];
    for (int i = 0; i < samples.length; i++) {
      for (int b = 0; b < bits; b++) {
        int place = i % perRow * bits + b;
        int set = samples[i] >> (bits - 1 - b) & 1;
        data[i / perRow * rowBytes + place / 8] |= (byte) (set << (7 - place % 8));
      }
    }
    return data;
  }
}
