package org.aand.golden;

import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageSize;
import org.aand.common.image.MaskRule;
import org.aand.common.image.Normalisation;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;

/** Resizing, normalisation and the three ground-truth rules; resized bytes must be equal. */
final class PreprocessGolden implements GoldenCheck {
  /** Three roundings of single precision. */
  private static final double FLOAT_ROUNDING = 1e-6;

  @Override
  public void check(GoldenCase golden) {
    resized(golden, "down", width(golden, "bicubic_down"));
    resized(golden, "up", width(golden, "bicubic_up"));
    resized(golden, "to256", 256);

    var shape = golden.input("gt").shape();
    var truth = new GrayImage(shape[1], shape[0], golden.input("gt").bytes());
    masked(golden, "gt_mvtec", MaskRule.HALF, truth);
    masked(golden, "gt_visa", MaskRule.NOT_ZERO, truth);
    masked(golden, "gt_rd_bilinear", MaskRule.BILINEAR_HALF, truth);
  }

  private static int width(GoldenCase golden, String array) {
    return golden.input(array).shape()[1];
  }

  private static void resized(GoldenCase golden, String tag, int size) {
    var source = golden.input("rgb_" + tag);
    var image = new RgbImage(source.shape()[1], source.shape()[0], source.bytes());
    var bicubic = Resize.BICUBIC.apply(image, size, size);
    var bilinear = Resize.BILINEAR.apply(image, size, size);
    golden.compareWithin("bicubic_" + tag, sampled(golden, "bicubic_" + tag, bicubic), 0);
    golden.compareWithin("bilinear_" + tag, sampled(golden, "bilinear_" + tag, bilinear), 0);

    var expected = golden.input("norm_" + tag);
    int stored = expected.shape()[1];
    int stride = size / stored;
    float[] normalised = new Normalisation().apply(bicubic);
    double[] channelsFirst = new double[3 * stored * stored];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < stored; y++) {
        for (int x = 0; x < stored; x++) {
          channelsFirst[(c * stored + y) * stored + x] =
              normalised[(y * stride * size + x * stride) * 3 + c];
        }
      }
    }
    golden.compare("norm_" + tag, channelsFirst, FLOAT_ROUNDING);
  }

  /** Every n-th row and column, where the case stores only those. */
  private static double[] sampled(GoldenCase golden, String array, RgbImage image) {
    int stored = width(golden, array);
    int stride = image.width() / stored;
    double[] values = new double[stored * stored * 3];
    int at = 0;
    for (int y = 0; y < stored; y++) {
      for (int x = 0; x < stored; x++) {
        for (int c = 0; c < 3; c++) {
          values[at++] = image.at(x * stride, y * stride, c);
        }
      }
    }
    return values;
  }

  private static void masked(GoldenCase golden, String array, MaskRule rule, GrayImage truth) {
    byte[] mask = rule.apply(truth, ImageSize.square(golden.input(array).shape()[2]));
    double[] values = new double[mask.length];
    for (int i = 0; i < mask.length; i++) {
      values[i] = mask[i];
    }
    golden.compareWithin(array, values, 0);
  }
}
