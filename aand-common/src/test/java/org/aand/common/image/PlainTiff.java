package org.aand.common.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Uncompressed one-strip TIFF files of pixel types that ImageIO does not write. */
final class PlainTiff {
  private static final int SHORT = 3;
  private static final int LONG = 4;
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
}
