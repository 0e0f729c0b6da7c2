package org.aand.common.image;

/**
 * Brings an image to another size, with the exact bytes of the reference implementation.
 *
 * <ul>
 *   <li>{@link #BICUBIC} (a = -0.5) and {@link #BILINEAR}: the kernel widens with the reduction
 *       factor, so that reducing does not alias; fixed-point weights of 22 fraction bits, rows
 *       first, then columns, 8 bits in between, as Pillow computes them. The aspect ratio is not
 *       kept.
 *   <li>{@link #NEAREST}: the pixel under the centre, {@code floor((i + 0.5) * in / out)}, as
 *       Pillow takes it (ground truth).
 *   <li>{@link #NEAREST_FLOOR}: {@code floor(i * in / out)}, as torch takes it (foreground masks).
 * </ul>
 *
 * <p>At the image's own size every one of them is the identity.
 */
public enum Resize {
  /** Cubic convolution with a = -0.5, antialiased; how AAND reduces images. */
  BICUBIC,
  /** Triangle, antialiased; how RD4AD reduces images and masks. */
  BILINEAR,
  /** The pixel under the centre of the new one. */
  NEAREST,
  /** The pixel under the upper left corner of the new one. */
  NEAREST_FLOOR;

  /**
   * Resizes a colour image.
   *
   * @param image the image
   * @param width new width, at least 1
   * @param height new height, at least 1
   * @return {@code [height, width, 3]}
   */
  public RgbImage apply(RgbImage image, int width, int height) {
    return new RgbImage(
        width, height, resize(image.pixels(), image.width(), image.height(), 3, width, height));
  }

  /**
   * Resizes a grey image.
   *
   * @param image the image
   * @param width new width, at least 1
   * @param height new height, at least 1
   * @return {@code [height, width]}
   */
  public GrayImage apply(GrayImage image, int width, int height) {
    return new GrayImage(
        width, height, resize(image.pixels(), image.width(), image.height(), 1, width, height));
  }

  private byte[] resize(
      byte[] pixels, int width, int height, int channels, int newWidth, int newHeight) {
    if (newWidth < 1 || newHeight < 1) {
      throw new IllegalArgumentException("new size " + newWidth + "x" + newHeight);
    }
    return switch (this) {
      case BICUBIC ->
          resample(pixels, width, height, channels, newWidth, newHeight, Kernel.BICUBIC);
      case BILINEAR ->
          resample(pixels, width, height, channels, newWidth, newHeight, Kernel.TRIANGLE);
      case NEAREST ->
          pick(pixels, width, channels, centres(width, newWidth), centres(height, newHeight));
      case NEAREST_FLOOR ->
          pick(pixels, width, channels, corners(width, newWidth), corners(height, newHeight));
    };
  }

  private static byte[] resample(
      byte[] pixels,
      int width,
      int height,
      int channels,
      int newWidth,
      int newHeight,
      Kernel kernel) {
    byte[] result = pixels;
    if (newWidth != width) {
      result =
          ResamplingWeights.of(width, newWidth, kernel).alongRows(result, width, height, channels);
    }
    if (newHeight != height) {
      result =
          ResamplingWeights.of(height, newHeight, kernel).alongColumns(result, newWidth * channels);
    }
    return result;
  }

  private static byte[] pick(byte[] pixels, int width, int channels, int[] columns, int[] rows) {
    byte[] picked = new byte[rows.length * columns.length * channels];
    int at = 0;
    for (int row : rows) {
      for (int column : columns) {
        int from = (row * width + column) * channels;
        for (int c = 0; c < channels; c++) {
          picked[at++] = pixels[from + c];
        }
      }
    }
    return picked;
  }

  private static int[] centres(int from, int to) {
    int[] source = new int[to];
    double step = (double) from / to;
    double position = step * 0.5;
    for (int i = 0; i < to; i++) {
      source[i] = Math.min((int) position, from - 1);
      // Added up and not multiplied out: the reference does so, and rounding decides ties.
      position += step;
    }
    return source;
  }

  private static int[] corners(int from, int to) {
    int[] source = new int[to];
    float step = (float) from / to;
    for (int i = 0; i < to; i++) {
      source[i] = Math.min((int) (i * step), from - 1);
    }
    return source;
  }
}
