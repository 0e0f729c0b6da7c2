package org.aand.common.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageReader;
import org.aand.common.InputException;
import org.jspecify.annotations.Nullable;

/**
 * Reads images from files: PNG, JPEG, BMP and TIFF (its first page).
 *
 * <p>The values are those that the file stores: no gamma, no colour profile. What the file is, its
 * first bytes say and not its name.
 *
 * <ul>
 *   <li>Grey gives three equal channels, palettes are looked up.
 *   <li>Alpha is dropped and the colour beneath it stays, as Pillow's {@code convert("RGB")} does.
 *   <li>16 bits per channel are scaled by the type's full range: the upper eight are kept, so that
 *       0..65535 becomes 0..255, whatever part of that range the image uses.
 *   <li>An image whose JPEG or TIFF file says how the camera was held (EXIF orientation) is turned
 *       upright. Masks are taken as they are stored.
 * </ul>
 *
 * <p>A file that is empty, cut off, damaged, no image, or too large ends in an {@link
 * InputException} that names it. Nothing is unpacked before the size that it declares is known to
 * be at most {@link #MAX_PIXELS} pixels and {@link #MAX_BYTES} bytes. Safe to call from many
 * threads.
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
    return decode(bytes(file), file.toString());
  }

  /**
   * Reads a mask, or any image, as luminance.
   *
   * @param file an image
   * @return {@code [height, width]}; the stored values if it is grey, {@link Luminance} otherwise
   * @throws InputException if it cannot be used
   */
  public static GrayImage readMask(Path file) {
    return Luminance.of(stored(bytes(file), file.toString(), MAX_PIXELS).image());
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
    var stored = stored(encoded, name, maxPixels);
    return Orientation.of(encoded, stored.format()).apply(stored.image());
  }

  /** An image as it lies in its file. */
  private record Stored(RgbImage image, ImageFormat format) {}

  private static Stored stored(byte[] encoded, String name, long maxPixels) {
    if (encoded.length == 0) {
      throw new InputException("the image " + name + " is empty; replace or remove it");
    }
    var format =
        ImageFormat.of(encoded)
            .orElseThrow(
                () ->
                    new InputException(
                        name + " is not a PNG, JPEG, BMP or TIFF image; convert or remove it"));
    format
        .problem(encoded)
        .ifPresent(
            problem -> {
              throw damaged(name, problem, null);
            });
    try {
      return new Stored(
          StoredPixels.of(unpack(encoded, format, name, Math.min(maxPixels, MAX_PIXELS))), format);
    } catch (UnsupportedPixelsException e) {
      throw new InputException("the image " + name + " has " + e.getMessage(), e);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged files with many an unchecked exception.
      throw damaged(
          name, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
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
    try {
      return StoredPixels.of(image);
    } catch (UnsupportedPixelsException e) {
      throw new InputException("the image " + name + " has " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      var about = Files.readAttributes(file, BasicFileAttributes.class);
      if (about.isDirectory()) {
        throw new InputException(file + " is a folder; an image file is needed");
      }
      if (!about.isRegularFile()) {
        // A pipe would be waited for, a device never ends.
        throw new InputException(file + " is no regular file; an image file is needed");
      }
      long size = about.size();
      if (size > MAX_BYTES) {
        throw new InputException(
            "the image " + file + " has " + size + " bytes; at most " + MAX_BYTES + " are read");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputException("there is no image " + file, e);
    } catch (IOException e) {
      throw new InputException("cannot read the image " + file + " (" + e + ")", e);
    }
  }

  private static BufferedImage unpack(
      byte[] encoded, ImageFormat format, String name, long maxPixels) throws IOException {
    ImageReader reader = ImageReaders.open(format);
    try (var stream = new ByteArrayImageInputStream(encoded)) {
      reader.setInput(stream, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > maxPixels) {
        throw new InputException(
            "the image "
                + name
                + " has "
                + width
                + "x"
                + height
                + " pixels; at most "
                + maxPixels
                + " are read, reduce it first");
      }
      List<String> warnings = new ArrayList<>();
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      BufferedImage image = reader.read(0);
      lostPixels(warnings)
          .ifPresent(
              warning -> {
                throw damaged(name, warning, null);
              });
      return image;
    } finally {
      reader.dispose();
    }
  }

  /** The warning by which the JPEG reader tells that it made up pixels, if it gave one. */
  private static Optional<String> lostPixels(List<String> warnings) {
    // A scan header cut off is read on as if it were whole; alone, odd parameters are harmless.
    boolean cutOff = warnings.stream().anyMatch(warning -> says(warning, "missing eoi"));
    return warnings.stream()
        .filter(
            warning ->
                says(warning, "premature end")
                    || (says(warning, "corrupt jpeg data") && !says(warning, "extraneous bytes"))
                    || (cutOff && says(warning, "invalid sos")))
        .findFirst();
  }

  private static boolean says(String warning, String words) {
    return warning.toLowerCase(Locale.ROOT).contains(words);
  }

  private static InputException damaged(String name, String detail, @Nullable Throwable cause) {
    // What a reader says of a damaged file may quote its bytes.
    String line = detail.replaceAll("[\\p{Cntrl}\\s]+", " ");
    String message =
        "the image " + name + " is cut off or damaged (" + line + "); replace or remove it";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
