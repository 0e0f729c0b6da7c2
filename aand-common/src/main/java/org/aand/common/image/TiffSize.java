package org.aand.common.image;

import java.util.Optional;

/**
 * Tells whether unpacking a TIFF file would allocate more than is allowed: its reader allocates
 * whole tiles, which may be declared larger than the image, and any number of channels.
 */
final class TiffSize {
  private static final long UNCOMPRESSED = 1;

  /** Uncompressed colours may be stored at a coarser grid: 1 + 2/16 channels instead of 3. */
  private static final double COARSER = 3;

  private TiffSize() {}

  /**
   * Multiplies what the tags declare.
   *
   * @param tags of the first page
   * @param length of the file
   * @return what is wrong; empty if the file may be unpacked
   */
  static Optional<String> problem(TiffTags tags, int length) {
    long width = tags.get(TiffTags.WIDTH).orElse(0);
    long height = tags.get(TiffTags.HEIGHT).orElse(0);
    long channels = tags.get(TiffTags.CHANNELS).orElse(1);
    long bits = tags.get(TiffTags.BITS).orElse(1);
    double bytesPerPixel = (double) channels * bits / 8;
    double tile =
        (double) tags.get(TiffTags.TILE_WIDTH).orElse(0) * tags.get(TiffTags.TILE_HEIGHT).orElse(0);
    double bytes = Math.max((double) width * height, tile) * bytesPerPixel;
    if (bytes > ImageFile.MAX_BYTES) {
      return Optional.of(
          "it declares "
              + width
              + "x"
              + height
              + " pixels of "
              + channels
              + " channels with "
              + bits
              + " bits, or tiles that large; at most "
              + ImageFile.MAX_BYTES
              + " bytes are unpacked");
    }
    boolean uncompressed = tags.get(TiffTags.COMPRESSION).orElse(UNCOMPRESSED) == UNCOMPRESSED;
    if (uncompressed && (double) width * height * bytesPerPixel > COARSER * length) {
      return Optional.of(
          "its " + length + " bytes cannot hold the " + width + "x" + height + " pixels declared");
    }
    return Optional.empty();
  }
}
