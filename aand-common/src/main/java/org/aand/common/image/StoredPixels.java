package org.aand.common.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the stored values out of a decoded image.
 *
 * <p>Drawing the image onto an RGB one would be shorter and wrong: Java2D takes grey for linear
 * light and converts colour profiles, so the values would change.
 */
final class StoredPixels {
  private StoredPixels() {}

  /** The colours, {@code [height, width, 3]}. */
  static RgbImage of(BufferedImage image) throws UnsupportedPixelsException {
    byte[] pixels = new byte[Math.multiplyExact(3, image.getWidth() * image.getHeight())];
    var colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, pixels);
    } else if (isPlain(colours)) {
      fromChannels(image.getRaster(), colours, pixels);
    } else {
      requireWhole(colours);
      // Packed channels of fewer than 8 bits, and inks: these are not the values of a display.
      fromColours(image, pixels);
    }
    return new RgbImage(image.getWidth(), image.getHeight(), pixels);
  }

  /**
   * Each pixel's greatest channel, {@code [height, width]}. A value that is not zero stays so, even
   * one of 16 bits that is too small for 8.
   */
  static GrayImage strongest(BufferedImage image) throws UnsupportedPixelsException {
    byte[] values = new byte[image.getWidth() * image.getHeight()];
    var colours = image.getColorModel();
    if (isPlain(colours)) {
      strongestChannel(image.getRaster(), colours, values);
    } else {
      byte[] rgb = of(image).pixels();
      for (int i = 0; i < rgb.length; i++) {
        values[i / 3] = (byte) Math.max(values[i / 3] & 0xFF, rgb[i] & 0xFF);
      }
    }
    return new GrayImage(image.getWidth(), image.getHeight(), values);
  }

  /** How opaque each pixel is, {@code [height, width]}; all 255 if nothing is said of it. */
  static GrayImage opacity(BufferedImage image) {
    byte[] alpha = new byte[image.getWidth() * image.getHeight()];
    var colours = image.getColorModel();
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRaster().getSamples(0, y, row.length, 1, alphaBand(image), row);
      for (int x = 0; x < row.length; x++) {
        int value =
            colours instanceof IndexColorModel palette
                ? palette.getAlpha(row[x])
                : colours.hasAlpha() ? Math.min(row[x], 255) : 255;
        alpha[y * row.length + x] = (byte) value;
      }
    }
    return new GrayImage(image.getWidth(), image.getHeight(), alpha);
  }

  private static int alphaBand(BufferedImage image) {
    boolean band = image.getColorModel().hasAlpha() && image.getRaster().getNumBands() > 1;
    return band ? image.getRaster().getNumBands() - 1 : 0;
  }

  private static void requireWhole(ColorModel colours) throws UnsupportedPixelsException {
    if (!isWhole(colours)) {
      throw new UnsupportedPixelsException(
          colours.getComponentSize(0)
              + " bits or floating-point numbers per channel; convert it to 8 bits");
    }
  }

  private static boolean isWhole(ColorModel colours) {
    return switch (colours.getTransferType()) {
      case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT -> true;
      case DataBuffer.TYPE_INT -> colours.getComponentSize(0) <= 8;
      default -> false;
    };
  }

  /** Whether the channels are grey of any depth, or red, green, blue of 8 to 16 bits each. */
  private static boolean isPlain(ColorModel colours) {
    if (!isWhole(colours) || colours instanceof IndexColorModel) {
      return false;
    }
    int bits = colours.getComponentSize(0);
    int type = colours.getColorSpace().getType();
    if (type == ColorSpace.TYPE_GRAY) {
      return bits <= 16;
    }
    for (int c = 0; c < colours.getNumColorComponents(); c++) {
      if (colours.getComponentSize(c) != bits) {
        return false;
      }
    }
    return type == ColorSpace.TYPE_RGB && bits >= 8 && bits <= 16;
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, byte[] pixels) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int[] row = new int[raster.getWidth()];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        if (index >= colours.length) {
          throw new IllegalArgumentException("a colour outside the palette");
        }
        at = put(colours[index], pixels, at);
      }
    }
  }

  /**
   * A sample in 8 bits. TwelveMonkeys' TIFF reader inverts grey whose zero is white by 16 bits even
   * where it has fewer, so the upper ones are cut off.
   */
  private static int eightBits(int sample, int bits) {
    int most = (1 << bits) - 1;
    int value = sample & most;
    return bits >= 8 ? value >> (bits - 8) : value * 255 / most;
  }

  private static void fromChannels(Raster raster, ColorModel colours, byte[] pixels) {
    int bits = colours.getComponentSize(0);
    int bands = raster.getNumBands();
    int green = colours.getNumColorComponents() == 1 ? 0 : 1;
    int blue = colours.getNumColorComponents() == 1 ? 0 : 2;
    int[] row = new int[raster.getWidth() * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        pixels[at++] = (byte) eightBits(row[i], bits);
        pixels[at++] = (byte) eightBits(row[i + green], bits);
        pixels[at++] = (byte) eightBits(row[i + blue], bits);
      }
    }
  }

  private static void strongestChannel(Raster raster, ColorModel colours, byte[] values) {
    int bits = colours.getComponentSize(0);
    int most = (1 << bits) - 1;
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int x = 0; x < raster.getWidth(); x++) {
        int strongest = 0;
        for (int c = 0; c < colours.getNumColorComponents(); c++) {
          strongest = Math.max(strongest, row[x * bands + c] & most);
        }
        values[y * raster.getWidth() + x] =
            (byte) (strongest == 0 ? 0 : Math.max(1, eightBits(strongest, bits)));
      }
    }
  }

  private static void fromColours(BufferedImage image, byte[] pixels) {
    int[] row = new int[image.getWidth()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int colour : row) {
        at = put(colour, pixels, at);
      }
    }
  }

  private static int put(int colour, byte[] pixels, int at) {
    pixels[at] = (byte) (colour >> 16);
    pixels[at + 1] = (byte) (colour >> 8);
    pixels[at + 2] = (byte) colour;
    return at + 3;
  }
}
