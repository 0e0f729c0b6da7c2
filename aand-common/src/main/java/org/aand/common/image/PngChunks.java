package org.aand.common.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * Tells whether a PNG file is whole. The JDK's reader checks no chunk's checksum and fills up what
 * a cut-off file lacks, so that a damaged image would pass for a dark one.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>W3C. Portable Network Graphics (PNG) Specification, third edition, sections 5 (datastream
 *       structure) and 11.3.4.4 (eXIf).
 * </ol>
 */
final class PngChunks {
  private static final int SIGNATURE_LENGTH = 8;

  /** Length, type and checksum around a chunk's data. */
  private static final int FRAME_LENGTH = 12;

  /** No deflated data unpacks to more than this many times its length. */
  private static final long MOST_DEFLATED = 1032;

  private static final int HEADER_LENGTH = 13;

  /** The chunk type eXIf. */
  private static final int EXIF = 'e' << 24 | 'X' << 16 | 'I' << 8 | 'f';

  private PngChunks() {}

  /**
   * Walks through the chunks.
   *
   * @param png a file that begins with the PNG signature
   * @return what is wrong with it; empty if its chunks are whole up to the end chunk
   */
  static Optional<String> problem(byte[] png) {
    var buffer = ByteBuffer.wrap(png);
    int at = SIGNATURE_LENGTH;
    int header = 0;
    long packed = 0;
    while (png.length - at >= FRAME_LENGTH) {
      int length = buffer.getInt(at);
      String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (length < 0 || length > png.length - at - FRAME_LENGTH) {
        return Optional.of("the file ends within its chunk " + type);
      }
      boolean needed = Character.isUpperCase(type.charAt(0));
      if (needed && buffer.getInt(at + 8 + length) != checksum(png, at + 4, 4 + length)) {
        return Optional.of("wrong checksum of its chunk " + type);
      }
      switch (type) {
        case "IHDR" -> header = length == HEADER_LENGTH ? at + 8 : 0;
        case "IDAT" -> packed += length;
        case "IEND" -> {
          return header == 0 ? Optional.of("no header") : tooLittle(buffer, header, packed);
        }
        default -> {}
      }
      at += FRAME_LENGTH + length;
    }
    return Optional.of("the file ends before its end chunk");
  }

  /**
   * Where a whole file's EXIF data begins, which may lie before or after the pixels.
   *
   * @param png a file without a {@link #problem}
   * @return empty if it has none
   */
  static OptionalInt exif(byte[] png) {
    var buffer = ByteBuffer.wrap(png);
    int at = SIGNATURE_LENGTH;
    while (png.length - at >= FRAME_LENGTH) {
      if (buffer.getInt(at + 4) == EXIF) {
        return OptionalInt.of(at + 8);
      }
      at += FRAME_LENGTH + buffer.getInt(at);
    }
    return OptionalInt.empty();
  }

  /** Whether there is too little data for the pixels that a header declares. */
  private static Optional<String> tooLittle(ByteBuffer png, int header, long packed) {
    long width = Integer.toUnsignedLong(png.getInt(header));
    long height = Integer.toUnsignedLong(png.getInt(header + 4));
    int bits = png.get(header + 8);
    int channels =
        switch (png.get(header + 9)) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    return (double) width * height * bits * channels / 8 > MOST_DEFLATED * packed
        ? Optional.of(
            packed + " bytes of data cannot hold the " + width + "x" + height + " pixels declared")
        : Optional.empty();
  }

  private static int checksum(byte[] png, int from, int length) {
    var crc = new CRC32();
    crc.update(png, from, length);
    return (int) crc.getValue();
  }
}
