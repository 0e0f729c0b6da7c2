package org.aand.io.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Tells whether a PNG file is whole. The JDK's reader checks no chunk's checksum and fills up what
 * a cut-off file lacks, so that a damaged picture would pass for a dark one.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>W3C. Portable Network Graphics (PNG) Specification, section 5 (datastream structure).
 * </ol>
 */
final class PngChunks {
  private static final int SIGNATURE_LENGTH = 8;

  /** Length, type and checksum around a chunk's data. */
  private static final int FRAME_LENGTH = 12;

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
      if (type.equals("IEND")) {
        return Optional.empty();
      }
      at += FRAME_LENGTH + length;
    }
    return Optional.of("the file ends before its end chunk");
  }

  private static int checksum(byte[] png, int from, int length) {
    var crc = new CRC32();
    crc.update(png, from, length);
    return (int) crc.getValue();
  }
}
