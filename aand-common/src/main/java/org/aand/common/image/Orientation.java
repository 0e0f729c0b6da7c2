package org.aand.common.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a stored image has to be turned to stand upright, as cameras note it in JPEG, TIFF and PNG
 * files.
 *
 * <p>A note that is missing, damaged or out of range means that nothing is to be turned.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>CIPA DC-008. Exchangeable image file format for digital still cameras: Exif, section 4.6.4
 *       (orientation).
 * </ol>
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  MIRRORED_UPSIDE_DOWN,
  TRANSPOSED,
  TURN_RIGHT,
  TRANSVERSED,
  TURN_LEFT;

  private static final int SEGMENT = 0xFF;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  /** What a file notes. */
  static Orientation of(byte[] encoded, ImageFormat format) {
    return switch (format) {
      case TIFF, BIGTIFF -> noted(TiffTags.of(encoded, 0));
      case JPEG -> ofJpeg(encoded);
      case PNG -> ofPng(encoded);
      case BMP, GIF, PNM -> UPRIGHT;
    };
  }

  private static Orientation ofPng(byte[] png) {
    var exif = PngChunks.exif(png);
    return exif.isEmpty() ? UPRIGHT : noted(TiffTags.of(png, exif.getAsInt()));
  }

  private static Orientation ofJpeg(byte[] jpeg) {
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == SEGMENT) {
      int marker = jpeg[at + 1] & 0xFF;
      int length = ((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF);
      int data = at + 4;
      if (marker == START_OF_SCAN) {
        return UPRIGHT;
      }
      int exif = data + EXIF.length;
      if (marker == APP1
          && exif <= jpeg.length
          && Arrays.equals(EXIF, Arrays.copyOfRange(jpeg, data, exif))) {
        return noted(TiffTags.of(jpeg, exif));
      }
      // A fill byte before a marker is one more 0xFF.
      at += marker == SEGMENT ? 1 : 2 + length;
    }
    return UPRIGHT;
  }

  private static Orientation noted(TiffTags tags) {
    long note = tags.get(TiffTags.ORIENTATION).orElse(1);
    return note >= 1 && note <= values().length ? values()[(int) note - 1] : UPRIGHT;
  }

  /** The image upright. */
  RgbImage apply(RgbImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    boolean swapsSides = compareTo(TRANSPOSED) >= 0;
    int width = swapsSides ? image.height() : image.width();
    int height = swapsSides ? image.width() : image.height();
    byte[] stored = image.pixels();
    byte[] upright = new byte[stored.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = 3 * source(x, y, image.width(), image.height());
        upright[at++] = stored[from];
        upright[at++] = stored[from + 1];
        upright[at++] = stored[from + 2];
      }
    }
    return new RgbImage(width, height, upright);
  }

  /** Which stored pixel comes to (x, y). */
  private int source(int x, int y, int width, int height) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (this) {
      case UPRIGHT -> y * width + x;
      case MIRRORED -> y * width + right - x;
      case UPSIDE_DOWN -> (bottom - y) * width + right - x;
      case MIRRORED_UPSIDE_DOWN -> (bottom - y) * width + x;
      case TRANSPOSED -> x * width + y;
      case TURN_RIGHT -> (bottom - x) * width + y;
      case TRANSVERSED -> (bottom - x) * width + right - y;
      case TURN_LEFT -> x * width + right - y;
    };
  }
}
