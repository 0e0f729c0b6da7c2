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

  static RgbImage of(BufferedImage image) throws UnsupportedPixelsException {
    byte[] pixels = new byte[Math.multiplyExact(3, image.getWidth() * image.getHeight())];
    var colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, pixels);
    } else if (isPlain(colours)) {
      fromChannels(image.getRaster(), colours, pixels);
    } else if (isWhole(colours)) {
      // Packed channels of fewer than 8 bits, and inks: these are not the values of a display.
      fromColours(image, pixels);
    } else {
      throw new UnsupportedPixelsException(
          colours.getComponentSize(0)
              + " bits or floating-point numbers per channel; convert it to 8 bits");
    }
    return new RgbImage(image.getWidth(), image.getHeight(), pixels);
  }

  private static boolean isWhole(ColorModel colours) {
    return switch (colours.getTransferType()) {
      case DataBuffer.TYPE_BYTE, DataBuffer.TYPE_USHORT -> true;
      case DataBuffer.TYPE_INT -> colours.getComponentSize(0) <= 8;
      default -> false;
    };
  }

  /** Whether the channels are grey or red, green, blue, of 8 or 16 bits each. */
  private static boolean isPlain(ColorModel colours) {
    if (!isWhole(colours)) {
      return false;
    }
    int type = colours.getColorSpace().getType();
    if (type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB) {
      return false;
    }
    int bits = colours.getComponentSize(0);
    for (int c = 0; c < colours.getNumColorComponents(); c++) {
      if (colours.getComponentSize(c) != bits) {
        return false;
      }
    }
    return bits == 8 || bits == 16;
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

  private static void fromChannels(Raster raster, ColorModel colours, byte[] pixels) {
    int shift = colours.getComponentSize(0) - 8;
    int bands = raster.getNumBands();
    int green = colours.getNumColorComponents() == 1 ? 0 : 1;
    int blue = colours.getNumColorComponents() == 1 ? 0 : 2;
    int[] row = new int[raster.getWidth() * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int i = 0; i < row.length; i += bands) {
        pixels[at++] = (byte) (row[i] >> shift);
        pixels[at++] = (byte) (row[i + green] >> shift);
        pixels[at++] = (byte) (row[i + blue] >> shift);
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
