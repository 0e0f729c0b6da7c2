package org.aand.io.foreground;

import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Luminance;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;

/**
 * How the object is separated from the background of a training image, so that synthetic anomalies
 * land on it, as the released code does offline.
 *
 * <p>A mask is made at the image's own resolution and then reduced; {@link ForegroundRules} says
 * which category has which rule.
 */
public sealed interface ForegroundRule {
  /** Deviation of the blur before a threshold, in pixels of the original image. */
  double BLUR_SIGMA = 8;

  /**
   * The mask at the image's own size.
   *
   * @param image the image as stored
   * @return {@code [height, width]}, 255 on the object, 0 elsewhere
   */
  GrayImage mask(RgbImage image);

  /** What counts as the object, in words. */
  String describe();

  /**
   * The mask at the size of the network's input.
   *
   * @param image the image as stored
   * @param size the new height and width
   * @return {@code [height, width]}, 1 on the object, 0 elsewhere
   */
  default byte[] mask(RgbImage image, ImageSize size) {
    byte[] reduced = Resize.NEAREST_FLOOR.apply(mask(image), size.width(), size.height()).pixels();
    byte[] result = new byte[reduced.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (reduced[i] == 0 ? 0 : 1);
    }
    return result;
  }

  /**
   * Bright object: blurred luminance above the threshold.
   *
   * @param threshold 0..255, exclusive
   */
  record Above(int threshold) implements ForegroundRule {
    @Override
    public String describe() {
      return "bright object: blurred luminance above " + threshold;
    }

    @Override
    public GrayImage mask(RgbImage image) {
      var blurred = new GaussianBlur(BLUR_SIGMA).applyTruncating(Luminance.of(image));
      return BinaryMask.where(
          blurred.width(), blurred.height(), (x, y) -> blurred.at(x, y) > threshold);
    }
  }

  /**
   * Dark object: blurred luminance not above the threshold.
   *
   * @param threshold 0..255, inclusive
   */
  record NotAbove(int threshold) implements ForegroundRule {
    @Override
    public String describe() {
      return "dark object: blurred luminance not above " + threshold;
    }

    @Override
    public GrayImage mask(RgbImage image) {
      var blurred = new GaussianBlur(BLUR_SIGMA).applyTruncating(Luminance.of(image));
      return BinaryMask.where(
          blurred.width(), blurred.height(), (x, y) -> blurred.at(x, y) <= threshold);
    }
  }

  /**
   * A disc about the image's centre, its edge included.
   *
   * @param radius as a part of the image's height, e.g. 0.45
   */
  record Disc(double radius) implements ForegroundRule {
    @Override
    public String describe() {
      return "disc about the centre, radius " + radius + " of the height";
    }

    @Override
    public GrayImage mask(RgbImage image) {
      long centreX = image.width() / 2;
      long centreY = image.height() / 2;
      long r = (int) (radius * image.height());
      return BinaryMask.where(
          image.width(),
          image.height(),
          (x, y) -> (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY) <= r * r);
    }
  }

  /**
   * A rectangle about the image's centre, its edges included.
   *
   * @param halfExtent half its width as a part of the image's width, and likewise its height
   */
  record Rectangle(double halfExtent) implements ForegroundRule {
    @Override
    public String describe() {
      return "rectangle about the centre, half its sides " + halfExtent + " of the image's";
    }

    @Override
    public GrayImage mask(RgbImage image) {
      int centreX = image.width() / 2;
      int centreY = image.height() / 2;
      int halfWidth = (int) (halfExtent * image.width());
      int halfHeight = (int) (halfExtent * image.height());
      return BinaryMask.where(
          image.width(),
          image.height(),
          (x, y) -> Math.abs(x - centreX) <= halfWidth && Math.abs(y - centreY) <= halfHeight);
    }
  }

  /**
   * A category that nothing is known about: the blurred luminance is parted in two by Otsu's
   * threshold, and the class that most of the image's border belongs to is the background.
   *
   * <p>The whole image counts as object unless it has two clear classes, which is when
   *
   * <ul>
   *   <li>the variance between the classes is at least 0.8 of all (0.75 is uneven light on one
   *       surface),
   *   <li>their means differ by at least 32 grey levels of 256, and
   *   <li>at least 3/4 of the border's pixels are of one class.
   * </ul>
   *
   * <p>The blur's deviation is 1/128 of the image's shorter side, at least one pixel.
   */
  record Automatic() implements ForegroundRule {
    @Override
    public String describe() {
      return "automatic: Otsu's threshold on the blurred luminance, the border's class is background";
    }

    @Override
    public GrayImage mask(RgbImage image) {
      return OtsuForeground.object(image).orElseGet(() -> new Everything().mask(image));
    }
  }

  /** The whole image. */
  record Everything() implements ForegroundRule {
    @Override
    public String describe() {
      return "everything";
    }

    @Override
    public GrayImage mask(RgbImage image) {
      return BinaryMask.where(image.width(), image.height(), (x, y) -> true);
    }
  }
}
