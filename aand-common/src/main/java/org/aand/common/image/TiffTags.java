package org.aand.common.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The whole numbers in a TIFF file's first directory, which EXIF data is too.
 *
 * <p>Read before the file is unpacked, so it trusts nothing: what lies outside the file is passed
 * over, and no more is allocated than the directory has entries.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Adobe. TIFF, revision 6.0, section 2 (TIFF structure).
 * </ol>
 *
 * @param values first value by tag
 */
record TiffTags(Map<Integer, Long> values) {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int ORIENTATION = 274;
  static final int CHANNELS = 277;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY_BYTES = 12;

  /**
   * Reads the first directory.
   *
   * @param bytes of a file
   * @param from where in it the TIFF header begins
   */
  static TiffTags of(byte[] bytes, int from) {
    var values = new HashMap<Integer, Long>();
    var tiff = ByteBuffer.wrap(bytes, from, bytes.length - from).slice();
    if (tiff.limit() < 8) {
      return new TiffTags(values);
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory > tiff.limit() - 2) {
      return new TiffTags(values);
    }
    int at = (int) directory;
    int entries = Short.toUnsignedInt(tiff.getShort(at));
    at += 2;
    for (int i = 0; i < entries && at <= tiff.limit() - ENTRY_BYTES; i++, at += ENTRY_BYTES) {
      int tag = Short.toUnsignedInt(tiff.getShort(at));
      value(tiff, at).ifPresent(value -> values.putIfAbsent(tag, value));
    }
    return new TiffTags(values);
  }

  /** A tag's first value. */
  OptionalLong get(int tag) {
    Long value = values.get(tag);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static OptionalLong value(ByteBuffer tiff, int at) {
    int type = tiff.getShort(at + 2);
    long count = Integer.toUnsignedLong(tiff.getInt(at + 4));
    int size = type == SHORT ? 2 : 4;
    if ((type != SHORT && type != LONG) || count == 0) {
      return OptionalLong.empty();
    }
    long place = at + 8L;
    if (count * size > 4) {
      place = Integer.toUnsignedLong(tiff.getInt(at + 8));
    }
    if (place > tiff.limit() - size) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        type == SHORT
            ? Short.toUnsignedLong(tiff.getShort((int) place))
            : Integer.toUnsignedLong(tiff.getInt((int) place)));
  }
}
