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
 *   <li>AWare Systems. The BigTIFF file format.
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

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;

  private static final int BIG = 43;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  /** How the two kinds of file lay out a directory. */
  private enum Directory {
    CLASSIC(4, Short.BYTES, Integer.BYTES),
    BIG(8, Long.BYTES, Long.BYTES);

    private final int pointer;
    private final int countBytes;
    private final int valueBytes;

    Directory(int pointer, int countBytes, int valueBytes) {
      this.pointer = pointer;
      this.countBytes = countBytes;
      this.valueBytes = valueBytes;
    }

    /** Tag and type, the number of values, and the value or its place. */
    int entryBytes() {
      return 4 + 2 * valueBytes;
    }

    /** An offset or a count of values; negative if it is none. */
    long word(ByteBuffer tiff, int at) {
      return this == CLASSIC ? Integer.toUnsignedLong(tiff.getInt(at)) : tiff.getLong(at);
    }

    long entries(ByteBuffer tiff, int at) {
      return this == CLASSIC ? Short.toUnsignedInt(tiff.getShort(at)) : tiff.getLong(at);
    }
  }

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
    var kind = tiff.getShort(2) == BIG ? Directory.BIG : Directory.CLASSIC;
    if (tiff.limit() < kind.pointer + kind.valueBytes) {
      return new TiffTags(values);
    }
    long directory = kind.word(tiff, kind.pointer);
    if (directory < 0 || directory > tiff.limit() - kind.countBytes) {
      return new TiffTags(values);
    }
    long entries = kind.entries(tiff, (int) directory);
    int at = (int) directory + kind.countBytes;
    int last = tiff.limit() - kind.entryBytes();
    for (long i = 0; i < entries && at <= last; i++, at += kind.entryBytes()) {
      int tag = Short.toUnsignedInt(tiff.getShort(at));
      value(tiff, at, kind).ifPresent(value -> values.putIfAbsent(tag, value));
    }
    return new TiffTags(values);
  }

  /** A tag's first value. */
  OptionalLong get(int tag) {
    Long value = values.get(tag);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Whether the pixels were coded as JPEG. */
  boolean jpegCompressed() {
    long compression = get(COMPRESSION).orElse(1);
    return compression == OLD_JPEG || compression == JPEG;
  }

  private static OptionalLong value(ByteBuffer tiff, int at, Directory kind) {
    int type = tiff.getShort(at + 2);
    int size =
        switch (type) {
          case SHORT -> Short.BYTES;
          case LONG -> Integer.BYTES;
          case LONG8 -> Long.BYTES;
          default -> 0;
        };
    long count = kind.word(tiff, at + 4);
    if (size == 0 || count < 1) {
      return OptionalLong.empty();
    }
    long place = at + 4L + kind.valueBytes;
    if (count > kind.valueBytes / size) {
      place = kind.word(tiff, (int) place);
    }
    if (place < 0 || place > tiff.limit() - size) {
      return OptionalLong.empty();
    }
    long value =
        switch (type) {
          case SHORT -> Short.toUnsignedLong(tiff.getShort((int) place));
          case LONG -> Integer.toUnsignedLong(tiff.getInt((int) place));
          default -> tiff.getLong((int) place);
        };
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
