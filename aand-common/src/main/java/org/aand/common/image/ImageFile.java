package org.aand.common.image;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.aand.common.InputException;

/**
 * Reads images from files: PNG, JPEG, BMP, TIFF and BigTIFF (the first page), GIF (the first frame)
 * and PNM.
 *
 * <p>The values are those that the file stores: no gamma, no colour profile. What the file is, its
 * first bytes say and not its name.
 *
 * <ul>
 *   <li>Grey gives three equal channels, palettes are looked up.
 *   <li>Alpha is dropped and the colour beneath it stays, as Pillow's {@code convert("RGB")} does.
 *   <li>More than 8 bits per channel are scaled by the full range of so many bits: the upper eight
 *       are kept, so that 0..4095 of 12 bits and 0..65535 of 16 become 0..255, whatever part of
 *       that range the image uses.
 *   <li>An image whose JPEG, TIFF or PNG file says how the camera was held (EXIF orientation) is
 *       turned upright.
 * </ul>
 *
 * <p>A file that is empty, cut off, damaged, no image, or too large ends in an {@link
 * InputException} that names it. Nothing is unpacked before the size that it declares is known to
 * be at most {@link #MAX_PIXELS} pixels and {@link #MAX_BYTES} bytes. Safe to call from many
 * threads. Ground-truth masks are read by {@link MaskFile}.
 */
public final class ImageFile {
  /** Images of more pixels are refused before they are unpacked. */
  public static final long MAX_PIXELS = 100_000_000;

  /**
   * Larger files are refused, and images that unpack to more: four channels of 16 bits of the most
   * pixels are less.
   */
  public static final long MAX_BYTES = 1_000_000_000;

  private ImageFile() {}

  /**
   * Reads an image in colour.
   *
   * @param file an image
   * @return {@code [height, width, 3]}; grey images have three equal channels
   * @throws InputException if it cannot be used
   */
  public static RgbImage read(Path file) {
    return upright(StoredImage.read(file));
  }

  /**
   * Decodes an image that is in memory already.
   *
   * @param encoded the file's bytes
   * @param name what to call it in errors
   * @return {@code [height, width, 3]}
   * @throws InputException if it cannot be used
   */
  public static RgbImage decode(byte[] encoded, String name) {
    return decode(encoded, name, MAX_PIXELS);
  }

  /**
   * The same with a bound of one's own.
   *
   * @param maxPixels images of more pixels are refused before they are unpacked
   * @throws InputException if it cannot be used
   */
  public static RgbImage decode(byte[] encoded, String name, long maxPixels) {
    return upright(StoredImage.decode(encoded, name, maxPixels));
  }

  /**
   * The stored values of an image that Java has decoded already.
   *
   * @param image the image
   * @param name what to call it in errors
   * @return {@code [height, width, 3]}
   * @throws InputException if its pixels are of a kind that is not read
   */
  public static RgbImage of(BufferedImage image, String name) {
    return upright(new StoredImage(name, image, Orientation.UPRIGHT, false));
  }

  private static RgbImage upright(StoredImage stored) {
    return stored.orientation().apply(stored.values(StoredPixels::of));
  }
}
