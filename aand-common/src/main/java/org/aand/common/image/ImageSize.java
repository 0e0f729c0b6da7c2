package org.aand.common.image;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Height and width of an image or map, in pixels or locations.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record ImageSize(int height, int width) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(?:x(\\d{1,6}))?");

  /**
   * @throws IllegalArgumentException if a side is not positive, or there are 2^31 pixels or more
   */
  public ImageSize {
    if (height < 1 || width < 1 || (long) height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an image size of " + height + "x" + width);
    }
  }

  /** As high as it is wide. */
  public static ImageSize square(int side) {
    return new ImageSize(side, side);
  }

  /**
   * Reads {@code 256x512}, height first; {@code 256} is a square.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static ImageSize parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no image size; write height x width such as 256x512, or 256");
    }
    int height = Integer.parseInt(parts.group(1));
    return new ImageSize(
        height, parts.group(2) == null ? height : Integer.parseInt(parts.group(2)));
  }

  /** Whether height and width are the same. */
  public boolean isSquare() {
    return height == width;
  }

  /** How many pixels there are. */
  public int pixels() {
    return height * width;
  }

  /** Both sides divided, rounded down. */
  public ImageSize dividedBy(int divisor) {
    return new ImageSize(height / divisor, width / divisor);
  }

  /** The shortest text that {@link #parse} reads: one number for a square. */
  public String shortest() {
    return isSquare() ? Integer.toString(height) : toString();
  }

  // By hand, as those that a record comes with are linked, slowly, when a model is loaded.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageSize size && size.height == height && size.width == width;
  }

  @Override
  public int hashCode() {
    return 31 * height + width;
  }

  /** Height and width, {@code 256x512}. */
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
