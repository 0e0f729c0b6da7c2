package org.aand.common.image;

/**
 * One change of an image: turned about its centre, moved, darker or brighter. What comes in from
 * outside continues the border's pixels.
 *
 * @param brightness factor of every value
 * @param contrast factor of every value's distance from the image's mean
 * @param degrees that it is turned clockwise
 * @param right share of the width that it is moved to the right
 * @param down share of the height that it is moved down
 */
public record ImageChange(
    double brightness, double contrast, double degrees, double right, double down) {
  /** Whether every pixel stays where it is. */
  private boolean staysInPlace() {
    return degrees == 0 && right == 0 && down == 0;
  }

  /**
   * The changed image, of the same size, by bilinear interpolation, rounded and clipped to 0..255.
   */
  public RgbImage apply(RgbImage image) {
    return lit(staysInPlace() ? image : moved(image));
  }

  /**
   * The mask that belongs to the changed image, by the nearest pixel.
   *
   * @param mask {@code [height, width]}
   * @param width in pixels
   * @param height in pixels
   */
  public byte[] apply(byte[] mask, int width, int height) {
    if (staysInPlace()) {
      return mask;
    }
    byte[] out = new byte[mask.length];
    var source = new Source(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int fromX = (int) Math.rint(source.x(x, y));
        int fromY = (int) Math.rint(source.y(x, y));
        out[y * width + x] = mask[fromY * width + fromX];
      }
    }
    return out;
  }

  /** Where the value of a changed pixel comes from, within the image. */
  private final class Source {
    private final int width;
    private final int height;
    private final double cos = Math.cos(Math.toRadians(degrees));
    private final double sin = Math.sin(Math.toRadians(degrees));

    Source(int width, int height) {
      this.width = width;
      this.height = height;
    }

    double x(int x, int y) {
      double middle = (width - 1) / 2.0;
      return within(middle + cos * fromMiddleX(x) + sin * fromMiddleY(y), width);
    }

    double y(int x, int y) {
      double middle = (height - 1) / 2.0;
      return within(middle - sin * fromMiddleX(x) + cos * fromMiddleY(y), height);
    }

    private double fromMiddleX(int x) {
      return x - right * width - (width - 1) / 2.0;
    }

    private double fromMiddleY(int y) {
      return y - down * height - (height - 1) / 2.0;
    }

    private static double within(double position, int size) {
      return Math.max(0, Math.min(size - 1, position));
    }
  }

  private RgbImage moved(RgbImage image) {
    int width = image.width();
    int height = image.height();
    byte[] out = new byte[image.pixels().length];
    var source = new Source(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = source.x(x, y);
        double fromY = source.y(x, y);
        int left = (int) fromX;
        int top = (int) fromY;
        int next = Math.min(left + 1, width - 1);
        int below = Math.min(top + 1, height - 1);
        double fx = fromX - left;
        double fy = fromY - top;
        for (int c = 0; c < 3; c++) {
          double upper = (1 - fx) * image.at(left, top, c) + fx * image.at(next, top, c);
          double lower = (1 - fx) * image.at(left, below, c) + fx * image.at(next, below, c);
          out[(y * width + x) * 3 + c] = (byte) Math.round((1 - fy) * upper + fy * lower);
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  private RgbImage lit(RgbImage image) {
    if (brightness == 1 && contrast == 1) {
      return image;
    }
    byte[] in = image.pixels();
    long sum = 0;
    for (byte value : in) {
      sum += value & 0xFF;
    }
    double mean = (double) sum / in.length;
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      double value = brightness * (mean + contrast * ((in[i] & 0xFF) - mean));
      out[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
