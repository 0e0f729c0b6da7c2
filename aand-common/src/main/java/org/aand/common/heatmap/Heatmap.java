package org.aand.common.heatmap;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * Draws anomaly maps and ground truth as PNG images.
 *
 * <p>Arrays are row-major:
 *
 * <ul>
 *   <li>image: {@code [height, width, 3]}, red green blue, each 0..255 unsigned
 *   <li>anomaly map: {@code [height, width]}, finite
 *   <li>mask: {@code [height, width]}, true in the defect
 * </ul>
 *
 * All methods throw {@link IllegalArgumentException} if an array does not fit the size.
 */
public final class Heatmap {
  /** How much of the image's grey shows through the colours of the map. */
  private static final double IMAGE_SHARE = 0.3;

  private static final int OUTLINE = 0xFF_FFFFFF;
  private static final int OUTLINE_EDGE = 0xFF_101418;

  private Heatmap() {}

  /** The image itself. */
  public static Png image(byte[] rgb, int width, int height) {
    return png(buffered(rgb, width, height));
  }

  /**
   * The anomaly map in colour over the image in grey, so that every colour comes from the map.
   *
   * @throws IllegalArgumentException also if the map holds NaN
   */
  public static Png overlay(byte[] rgb, float[] map, int width, int height, ColorScale scale) {
    checkImage(rgb, width, height);
    checkLength(map.length, width, height);
    var buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < map.length; i++) {
      double gray = 0.299 * red(rgb, i) + 0.587 * green(rgb, i) + 0.114 * blue(rgb, i);
      int color = scale.rgb(map[i]);
      buffered.setRGB(
          i % width,
          i / width,
          mix(color >> 16, gray) << 16 | mix(color >> 8, gray) << 8 | mix(color, gray));
    }
    return png(buffered);
  }

  /**
   * The colours of the scale from its first to its last as an image of 256x1, as an overlay shows
   * them over a middle grey.
   */
  public static Png legend() {
    var gray = new byte[3 * 256];
    Arrays.fill(gray, (byte) 128);
    var ramp = new float[256];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i;
    }
    return overlay(gray, ramp, ramp.length, 1, new ColorScale(0, 255));
  }

  /**
   * The outline of the mask on a transparent image of the same size, to be laid over the image or
   * the overlay: a white line inside the defect's border with a dark one outside it, visible on any
   * ground.
   */
  public static Png outline(boolean[] mask, int width, int height) {
    var buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    drawOutline(buffered, mask, 1);
    return png(buffered);
  }

  /** The image with the same outline drawn on it. */
  public static Png outlined(byte[] rgb, boolean[] mask, int width, int height) {
    return outlined(rgb, mask, width, height, 1);
  }

  /**
   * The image with a thicker outline drawn on it.
   *
   * @param line of the white line and of the dark one, in pixels, at least 1
   */
  public static Png outlined(byte[] rgb, boolean[] mask, int width, int height, int line) {
    var buffered = buffered(rgb, width, height);
    drawOutline(buffered, mask, line);
    return png(buffered);
  }

  /** The mask as an image of one channel: 255 in the defect, 0 elsewhere. */
  public static Png mask(boolean[] mask, int width, int height) {
    checkLength(mask.length, width, height);
    var buffered = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < mask.length; i++) {
      pixels[i] = (byte) (mask[i] ? 255 : 0);
    }
    return png(buffered);
  }

  private static BufferedImage buffered(byte[] rgb, int width, int height) {
    checkImage(rgb, width, height);
    var buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      buffered.setRGB(i % width, i / width, red(rgb, i) << 16 | green(rgb, i) << 8 | blue(rgb, i));
    }
    return buffered;
  }

  private static void drawOutline(BufferedImage buffered, boolean[] mask, int line) {
    int width = buffered.getWidth();
    int height = buffered.getHeight();
    checkLength(mask.length, width, height);
    boolean[] nearDefect = grown(mask, true, width, line);
    boolean[] nearGround = grown(mask, false, width, line);
    for (int i = 0; i < mask.length; i++) {
      if (nearDefect[i] && nearGround[i]) {
        buffered.setRGB(i % width, i / width, mask[i] ? OUTLINE : OUTLINE_EDGE);
      }
    }
  }

  /** Where a pixel of the given value is at most so many rows and columns away. */
  private static boolean[] grown(boolean[] mask, boolean value, int width, int reach) {
    boolean[] along = new boolean[mask.length];
    boolean[] grown = new boolean[mask.length];
    for (int row = 0; row < mask.length; row += width) {
      int last = -1;
      for (int x = 0; x < width; x++) {
        if (mask[row + x] == value) {
          Arrays.fill(
              along,
              row + Math.max(last + 1, x - reach),
              row + Math.min(width, x + reach + 1),
              true);
          last = Math.min(width - 1, x + reach);
        }
      }
    }
    int height = mask.length / width;
    for (int y = 0; y < height; y++) {
      int from = Math.max(0, y - reach);
      int to = Math.min(height - 1, y + reach);
      for (int x = 0; x < width; x++) {
        for (int v = from; v <= to && !grown[y * width + x]; v++) {
          grown[y * width + x] = along[v * width + x];
        }
      }
    }
    return grown;
  }

  private static int mix(int color, double gray) {
    return (int) Math.round((1 - IMAGE_SHARE) * (color & 0xFF) + IMAGE_SHARE * gray);
  }

  private static int red(byte[] rgb, int pixel) {
    return rgb[3 * pixel] & 0xFF;
  }

  private static int green(byte[] rgb, int pixel) {
    return rgb[3 * pixel + 1] & 0xFF;
  }

  private static int blue(byte[] rgb, int pixel) {
    return rgb[3 * pixel + 2] & 0xFF;
  }

  private static void checkImage(byte[] rgb, int width, int height) {
    if (rgb.length % 3 != 0) {
      throw new IllegalArgumentException(rgb.length + " values are no RGB image");
    }
    checkLength(rgb.length / 3, width, height);
  }

  private static void checkLength(int pixels, int width, int height) {
    if (width < 1 || height < 1 || pixels != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(pixels + " pixels for a size of " + width + "x" + height);
    }
  }

  private static Png png(BufferedImage buffered) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(buffered, "png", out)) {
        throw new IllegalStateException("this Java runtime has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Png(out.toByteArray());
  }
}
