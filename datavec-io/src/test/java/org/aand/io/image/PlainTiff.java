package org.aand.io.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Uncompressed one-strip TIFF files of pixel types that ImageIO does not write. */
final class PlainTiff {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRIES = 10;
  private static final int DIRECTORY = 8;
  private static final int BITS = DIRECTORY + 2 + ENTRIES * 12 + 4;

  private PlainTiff() {}

  /**
   * Assembles a file.
   *
   * @param bits per channel
   * @param format 1 unsigned, 3 floating point
   * @param data little-endian, {@code [height, width, channels]}
   */
  static byte[] of(int width, int height, int channels, int bits, int format, byte[] data) {
    int strip = BITS + 8;
    var file = ByteBuffer.allocate(strip + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(DIRECTORY);
    file.putShort((short) ENTRIES);
    entry(file, 256, LONG, 1, width);
    entry(file, 257, LONG, 1, height);
    entry(file, 258, SHORT, channels, channels > 1 ? BITS : bits);
    entry(file, 259, SHORT, 1, 1);
    entry(file, 262, SHORT, 1, channels > 1 ? 2 : 1);
    entry(file, 273, LONG, 1, strip);
    entry(file, 277, SHORT, 1, channels);
    entry(file, 278, LONG, 1, height);
    entry(file, 279, LONG, 1, data.length);
    entry(file, 339, SHORT, 1, format);
    file.putInt(0);
    for (int i = 0; i < 4; i++) {
      file.putShort((short) bits);
    }
    return file.put(data).array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
