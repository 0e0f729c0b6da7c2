package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Rotation about the centre of a raster with bilinear interpolation and zeros outside, in the
 * fixed-point arithmetic of OpenCV's warpAffine (as imgaug calls it).
 *
 * <p>The matrix is made in single precision and inverted in double; source positions have 10
 * fraction bits along a row and are rounded to 1/32 pixel before interpolation.
 */
public final class AffineRotation {
  private static final int POSITION_BITS = 10;
  private static final int FRACTION_BITS = 5;
  private static final int FRACTIONS = 1 << FRACTION_BITS;
  private static final int WEIGHT_BITS = 2 * FRACTION_BITS;
  private static final double POSITION_SCALE = 1 << POSITION_BITS;
  private static final int ROUND_POSITION = 1 << (POSITION_BITS - FRACTION_BITS - 1);

  private final int width;
  private final int height;
  private final int[] columnX;
  private final int[] columnY;
  private final int[] rowX;
  private final int[] rowY;

  /**
   * @param width of the rasters, in pixels
   * @param height of the rasters, in pixels
   * @param degrees clockwise on the screen (rows count downwards)
   */
  public AffineRotation(int width, int height, double degrees) {
    this.width = width;
    this.height = height;
    double radians = Math.toRadians(degrees);
    float cos = (float) Math.cos(radians);
    float sin = (float) Math.sin(radians);
    float centreX = width / 2f - 0.5f;
    float centreY = height / 2f - 0.5f;
    float shiftX = -(cos * centreX - sin * centreY) + centreX;
    float shiftY = -(sin * centreX + cos * centreY) + centreY;
    // Inverse of [cos -sin shiftX; sin cos shiftY]: destination to source.
    double scale = 1 / ((double) cos * cos + (double) sin * sin);
    double xx = cos * scale;
    double xy = sin * scale;
    double x0 = -xx * shiftX - xy * shiftY;
    double y0 = xy * shiftX - xx * shiftY;
    columnX = new int[width];
    columnY = new int[width];
    for (int x = 0; x < width; x++) {
      columnX[x] = (int) Math.rint(xx * x * POSITION_SCALE);
      columnY[x] = (int) Math.rint(-xy * x * POSITION_SCALE);
    }
    rowX = new int[height];
    rowY = new int[height];
    for (int y = 0; y < height; y++) {
      rowX[y] = (int) Math.rint((xy * y + x0) * POSITION_SCALE) + ROUND_POSITION;
      rowY[y] = (int) Math.rint((xx * y + y0) * POSITION_SCALE) + ROUND_POSITION;
    }
  }

  /**
   * Rotates an image.
   *
   * @param image of this rotation's size
   * @return {@code [height, width, 3]}, rounded
   */
  public RgbImage apply(RgbImage image) {
    checkSize(image.pixels().length / 3);
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        int sx = (rowX[y] + columnX[x]) >> (POSITION_BITS - FRACTION_BITS);
        int sy = (rowY[y] + columnY[x]) >> (POSITION_BITS - FRACTION_BITS);
        int left = sx >> FRACTION_BITS;
        int top = sy >> FRACTION_BITS;
        if (left < -1 || left >= width || top < -1 || top >= height) {
          continue;
        }
        int fx = sx & (FRACTIONS - 1);
        int fy = sy & (FRACTIONS - 1);
        int from = (top * width + left) * 3;
        boolean hasLeft = left >= 0;
        boolean hasRight = left + 1 < width;
        boolean hasTop = top >= 0;
        boolean hasBottom = top + 1 < height;
        for (int c = 0; c < 3; c++) {
          int a = hasTop && hasLeft ? in[from + c] & 0xFF : 0;
          int b = hasTop && hasRight ? in[from + 3 + c] & 0xFF : 0;
          int d = hasBottom && hasLeft ? in[from + 3 * width + c] & 0xFF : 0;
          int e = hasBottom && hasRight ? in[from + 3 * width + 3 + c] & 0xFF : 0;
          int sum =
              (FRACTIONS - fy) * ((FRACTIONS - fx) * a + fx * b)
                  + fy * ((FRACTIONS - fx) * d + fx * e);
          out[at + c] = (byte) ((sum + (1 << (WEIGHT_BITS - 1))) >> WEIGHT_BITS);
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  /**
   * Rotates a map of real numbers.
   *
   * @param values {@code [height, width]}
   * @return {@code [height, width]}
   */
  public double[] apply(double[] values) {
    checkSize(values.length);
    double[] out = new double[values.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        int sx = (rowX[y] + columnX[x]) >> (POSITION_BITS - FRACTION_BITS);
        int sy = (rowY[y] + columnY[x]) >> (POSITION_BITS - FRACTION_BITS);
        int left = sx >> FRACTION_BITS;
        int top = sy >> FRACTION_BITS;
        if (left < -1 || left >= width || top < -1 || top >= height) {
          continue;
        }
        double fx = (double) (sx & (FRACTIONS - 1)) / FRACTIONS;
        double fy = (double) (sy & (FRACTIONS - 1)) / FRACTIONS;
        int from = top * width + left;
        boolean hasLeft = left >= 0;
        boolean hasRight = left + 1 < width;
        boolean hasTop = top >= 0;
        boolean hasBottom = top + 1 < height;
        double a = hasTop && hasLeft ? values[from] : 0;
        double b = hasTop && hasRight ? values[from + 1] : 0;
        double d = hasBottom && hasLeft ? values[from + width] : 0;
        double e = hasBottom && hasRight ? values[from + width + 1] : 0;
        out[at] = (1 - fy) * ((1 - fx) * a + fx * b) + fy * ((1 - fx) * d + fx * e);
      }
    }
    return out;
  }

  private void checkSize(int pixels) {
    if (pixels != width * height) {
      throw new IllegalArgumentException(
          pixels + " pixels for a rotation of " + width + "x" + height);
    }
  }
}
