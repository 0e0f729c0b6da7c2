package org.aand.api;

import java.util.regex.Pattern;

/**
 * How large a region has to be to count.
 *
 * @param value a number of pixels of the original image, or a share of all of them in (0, 1)
 * @param isShare whether it is a share
 */
public record MinimumArea(double value, boolean isShare) {
  /**
   * A ten-thousandth of the image: of 256x256 pixels 7, of 2000x2000 pixels 400. Smaller ones are
   * mostly tips of the map's own noise, which is smoothed over more pixels than that.
   */
  public static final MinimumArea USUAL = new MinimumArea(1e-4, true);

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(\\.\\d{1,9})?)%");

  /**
   * @throws IllegalArgumentException if the value is out of its range
   */
  public MinimumArea {
    if (!(value > 0 && (isShare ? value < 1 : value <= Integer.MAX_VALUE))) {
      throw new IllegalArgumentException("a region's area of at least " + value);
    }
  }

  /**
   * Reads a number of pixels, such as 25, or a percentage of the image, such as 0.05%.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static MinimumArea parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      return new MinimumArea(Integer.parseInt(text), false);
    }
    var percent = PERCENT.matcher(text);
    double share = percent.matches() ? Double.parseDouble(percent.group(1)) / 100 : 0;
    if (share > 0) {
      return new MinimumArea(share, true);
    }
    throw new IllegalArgumentException(
        "an area is a number of pixels such as 25, or a percentage of the image such as 0.05%, not "
            + text);
  }

  /** The least number of pixels in an image of this size, at least 1. */
  int pixels(int width, int height) {
    double pixels = isShare ? value * width * height : value;
    return (int) Math.max(1, Math.ceil(pixels - 1e-9));
  }
}
