package org.aand.common.image;

import java.util.Optional;
import org.aand.common.InputException;

/**
 * A mask that was coded as JPEG, so that each edge has noise around it, up to {@value #REACH}
 * pixels away: a block's width. Half brightness tells both sides of such an edge apart. What is
 * fainter and lies farther from all that is brighter is no noise but a defect drawn in grey, which
 * would be lost, so it is refused.
 *
 * @param mask {@code [height, width]}
 * @param tolerance values up to it are noise wherever they are
 */
record CodedMask(GrayImage mask, int tolerance) {
  private static final int REACH = 8;
  private static final int HALF = 127;

  /** Noise of the lossy formats, which reaches all of an image where the quality is low. */
  private static final int FAINT = 15;

  /** So far from black or white are most values at the edges of a mask that was coded. */
  private static final int NEAR = 31;

  /**
   * Finds out whether a mask is one.
   *
   * @param lossy whether its file's format says so; PNGs made from JPEGs have the same noise
   * @return empty if its values are as they were drawn
   */
  static Optional<CodedMask> of(GrayImage mask, boolean lossy) {
    return lossy || isNoisy(mask.pixels())
        ? Optional.of(new CodedMask(mask, lossy ? FAINT : 0))
        : Optional.empty();
  }

  /** Whether most values between black and white are near one of them, as coding leaves them. */
  private static boolean isNoisy(byte[] values) {
    int[] counts = new int[256];
    for (byte value : values) {
      counts[value & 0xFF]++;
    }
    long dark = 0;
    long bright = 0;
    long between = 0;
    for (int value = 1; value < 255; value++) {
      dark += value <= NEAR ? counts[value] : 0;
      bright += value >= 255 - NEAR ? counts[value] : 0;
      between += counts[value];
    }
    // Labels may be small or great, but not both; smoothed edges have as many values in the middle.
    return dark > 0 && bright > 0 && 2 * (dark + bright) > between;
  }

  /**
   * The mask as it was drawn.
   *
   * @param name what to call it in errors
   * @return {@code [height, width]}, 0 or 255
   * @throws InputException if something grey in it would be lost
   */
  GrayImage binary(String name) {
    int width = mask.width();
    int height = mask.height();
    byte[] binary = new byte[width * height];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) ((mask.pixels()[i] & 0xFF) > HALF ? 255 : 0);
    }
    boolean[] rows = new boolean[binary.length];
    boolean[] near = new boolean[binary.length];
    for (int y = 0; y < height; y++) {
      spread(i -> binary[i] != 0, rows, y * width, 1, width);
    }
    for (int x = 0; x < width; x++) {
      spread(i -> rows[i], near, x, width, height);
    }
    for (int i = 0; i < binary.length; i++) {
      int value = mask.pixels()[i] & 0xFF;
      if (value > tolerance && !near[i]) {
        throw new InputException(
            "the mask "
                + name
                + " has the value "
                + value
                + " at ("
                + i % width
                + ", "
                + i / width
                + "), which JPEG's noise and a grey defect may both be; store it as PNG with 0"
                + " where normal and 255 where anomalous");
      }
    }
    return new GrayImage(width, height, binary);
  }

  @FunctionalInterface
  private interface Marked {
    boolean at(int index);
  }

  /** Marks what lies within reach of something marked, along one line. */
  private static void spread(Marked from, boolean[] to, int start, int step, int length) {
    int last = -REACH - 1;
    for (int i = 0; i < length; i++) {
      last = from.at(start + i * step) ? i : last;
      to[start + i * step] |= i - last <= REACH;
    }
    int next = length + REACH + 1;
    for (int i = length - 1; i >= 0; i--) {
      next = from.at(start + i * step) ? i : next;
      to[start + i * step] |= next - i <= REACH;
    }
  }
}
