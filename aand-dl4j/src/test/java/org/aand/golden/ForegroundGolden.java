package org.aand.golden;

import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Luminance;
import org.aand.common.image.RgbImage;
import org.aand.io.foreground.ForegroundRule;
import org.aand.io.foreground.GaussianBlur;

/** Luminance, the truncating blur, every foreground rule and its reduction; all must be equal. */
final class ForegroundGolden implements GoldenCheck {
  /** The unrounded blur is stored in single precision. */
  private static final double FLOAT_ROUNDING = 1e-6;

  @Override
  public void check(GoldenCase golden) {
    var source = golden.input("rgb");
    var image = new RgbImage(source.shape()[1], source.shape()[0], source.bytes());
    var gray = Luminance.of(image);
    equal(golden, "gray", gray.pixels());

    var blur = new GaussianBlur(ForegroundRule.BLUR_SIGMA);
    equal(golden, "blur8", blur.applyTruncating(gray).pixels());
    golden.compare(
        "blur8_float", blur.apply(unsigned(gray), gray.width(), gray.height()), FLOAT_ROUNDING);

    for (int threshold : new int[] {0, 50, 100, 150}) {
      var above = new ForegroundRule.Above(threshold).mask(image);
      equal(golden, "thr" + threshold, above.pixels());
      equal(golden, "thr" + threshold, inverted(new ForegroundRule.NotAbove(threshold), image));
    }
    var disc = new ForegroundRule.Disc(0.45);
    equal(golden, "circle", disc.mask(image).pixels());
    equal(golden, "rect", new ForegroundRule.Rectangle(0.35).mask(image).pixels());

    for (int size : new int[] {64, 256}) {
      equal(
          golden,
          "thr50_nearest" + size,
          new ForegroundRule.Above(50).mask(image, ImageSize.square(size)));
      equal(
          golden,
          "thr100_nearest" + size,
          new ForegroundRule.Above(100).mask(image, ImageSize.square(size)));
      equal(golden, "circle_nearest" + size, disc.mask(image, ImageSize.square(size)));
    }
  }

  private static byte[] inverted(ForegroundRule rule, RgbImage image) {
    byte[] mask = rule.mask(image).pixels();
    byte[] inverted = new byte[mask.length];
    for (int i = 0; i < mask.length; i++) {
      inverted[i] = (byte) (255 - (mask[i] & 0xFF));
    }
    return inverted;
  }

  private static void equal(GoldenCase golden, String array, byte[] values) {
    golden.compareWithin(array, unsigned(new GrayImage(values.length, 1, values)), 0);
  }

  private static double[] unsigned(GrayImage image) {
    double[] values = new double[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[i] & 0xFF;
    }
    return values;
  }
}
