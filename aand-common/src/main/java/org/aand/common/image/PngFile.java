package org.aand.common.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;

/**
 * Writes images as PNG: 8 bits per channel, grey or RGB, no metadata.
 *
 * <p>Equal images give equal bytes with one Java runtime; another one's compression may pack the
 * same pixels otherwise. The file appears whole or not at all: it is written beside its place and
 * then moved there, over an earlier file of that name.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>W3C. Portable Network Graphics (PNG) Specification, sections 5 (datastream structure), 9
 *       (filtering) and 11 (chunks).
 * </ol>
 */
public final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int NO_FILTER = 0;

  /** Higher levels take several times as long on photographs and save a few percent. */
  private static final int LEVEL = 3;

  private static final int SUB_FILTER = 1;

  private PngFile() {}

  /**
   * Writes an image in colour.
   *
   * @param image {@code [height, width, 3]}
   * @param file where to; its folder must exist
   * @throws InputException if it cannot be written
   */
  public static void write(RgbImage image, Path file) {
    // Neighbouring pixels of a photograph are alike: their differences pack better.
    byte[] rows = rows(image.pixels(), 3 * image.width(), 3, SUB_FILTER);
    write(encode(image.width(), image.height(), RGB, rows, Deflater.FILTERED), file);
  }

  /**
   * Writes a grey image, such as a mask.
   *
   * @param image {@code [height, width]}
   * @param file where to; its folder must exist
   * @throws InputException if it cannot be written
   */
  public static void write(GrayImage image, Path file) {
    byte[] rows = rows(image.pixels(), image.width(), 1, NO_FILTER);
    write(encode(image.width(), image.height(), GREY, rows, Deflater.DEFAULT_STRATEGY), file);
  }

  private static byte[] rows(byte[] pixels, int stride, int pixelBytes, int filter) {
    int height = pixels.length / stride;
    byte[] rows = new byte[Math.addExact(pixels.length, height)];
    for (int y = 0; y < height; y++) {
      int from = y * stride;
      int to = from + y;
      rows[to] = (byte) filter;
      for (int x = 0; x < stride; x++) {
        int before = filter == SUB_FILTER && x >= pixelBytes ? pixels[from + x - pixelBytes] : 0;
        rows[to + 1 + x] = (byte) (pixels[from + x] - before);
      }
    }
    return rows;
  }

  private static byte[] encode(int width, int height, int colourType, byte[] rows, int strategy) {
    var out = new ByteArrayOutputStream(rows.length / 2 + 100);
    out.writeBytes(SIGNATURE);
    var header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) colourType).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", deflate(rows, strategy));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array());
  }

  private static byte[] deflate(byte[] rows, int strategy) {
    var deflater = new Deflater(LEVEL);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(rows);
      deflater.finish();
      var out = new ByteArrayOutputStream(rows.length / 2 + 100);
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void write(byte[] encoded, Path file) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("cannot write " + file + ": there is no such folder; create it");
    }
    if (Files.isDirectory(target)) {
      throw new InputException("cannot write " + file + ": it is a folder; choose another name");
    }
    AtomicFile.write(file, out -> out.write(encoded));
  }
}
