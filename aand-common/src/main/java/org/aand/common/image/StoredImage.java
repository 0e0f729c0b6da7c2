package org.aand.common.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.awt.image.DirectColorModel;
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
import org.aand.common.file.IoReason;
import org.jspecify.annotations.Nullable;

/**
 * An image as it lies in its file, unpacked but not interpreted.
 *
 * @param name what to call it in errors
 * @param pixels as its reader gives them
 * @param orientation how it has to be turned
 * @param lossy whether its coding changes values
 */
record StoredImage(String name, BufferedImage pixels, Orientation orientation, boolean lossy) {
  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be used
   */
  static StoredImage read(Path file) {
    return decode(bytes(file), file.toString(), ImageFile.MAX_PIXELS);
  }

  /**
   * Unpacks a file that is in memory.
   *
   * @param maxPixels images of more pixels are refused before they are unpacked
   * @throws InputException if it cannot be used
   */
  static StoredImage decode(byte[] encoded, String name, long maxPixels) {
    if (encoded.length == 0) {
      throw new InputException(name + " is empty; replace or remove it");
    }
    ImageFormat.refusal(encoded)
        .ifPresent(
            refusal -> {
              throw new InputException(name + " " + refusal);
            });
    var format = ImageFormat.of(encoded).orElseThrow();
    format
        .problem(encoded)
        .ifPresent(
            problem -> {
              throw damaged(name, problem, null);
            });
    try {
      var pixels = unpack(encoded, format, name, Math.min(maxPixels, ImageFile.MAX_PIXELS));
      return new StoredImage(name, pixels, Orientation.of(encoded, format), format.lossy(encoded));
    } catch (UnsupportedPixelsException e) {
      throw new InputException(name + " has " + e.getMessage(), e);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged files with many an unchecked exception.
      throw damaged(
          name, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  /**
   * What the pixels store.
   *
   * @param how takes it out of them
   * @throws InputException if they are of a kind that is not read
   */
  <T> T values(PixelReading<T> how) {
    try {
      return how.of(pixels);
    } catch (UnsupportedPixelsException e) {
      throw new InputException(name + " has " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw damaged(
          name, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
    }
  }

  /** A way to take values out of pixels. */
  @FunctionalInterface
  interface PixelReading<T> {
    T of(BufferedImage pixels) throws UnsupportedPixelsException;
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
      if (size > ImageFile.MAX_BYTES) {
        throw new InputException(
            file + " has " + size + " bytes; at most " + ImageFile.MAX_BYTES + " are read");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InputException("there is no image " + file, e);
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + file + ": " + IoReason.of(e) + "; check that it may be read", e);
    }
  }

  private static BufferedImage unpack(
      byte[] encoded, ImageFormat format, String name, long maxPixels)
      throws IOException, UnsupportedPixelsException {
    ImageReader reader = ImageReaders.open(format);
    try (var stream = new ByteArrayImageInputStream(encoded)) {
      reader.setInput(stream, true, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > maxPixels) {
        throw new InputException(
            name
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
      boolean tiff = format == ImageFormat.TIFF || format == ImageFormat.BIGTIFF;
      if (tiff && image.getColorModel() instanceof DirectColorModel) {
        // Its reader mixes up such channels.
        throw new UnsupportedPixelsException(
            "colours of fewer than 8 bits per channel; convert it to 8 bits");
      }
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
    String message = name + " is cut off or damaged (" + line + "); replace or remove it";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
