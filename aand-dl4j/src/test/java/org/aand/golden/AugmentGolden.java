package org.aand.golden;

import java.util.Locale;
import org.aand.common.image.RgbImage;
import org.aand.io.synthesis.augment.AddToHueAndSaturation;
import org.aand.io.synthesis.augment.AffineRotation;
import org.aand.io.synthesis.augment.Augmenter;
import org.aand.io.synthesis.augment.Autocontrast;
import org.aand.io.synthesis.augment.ColorSpace;
import org.aand.io.synthesis.augment.EnhanceSharpness;
import org.aand.io.synthesis.augment.Equalize;
import org.aand.io.synthesis.augment.GammaContrast;
import org.aand.io.synthesis.augment.Invert;
import org.aand.io.synthesis.augment.MultiplyAndAddToBrightness;
import org.aand.io.synthesis.augment.Posterize;
import org.aand.io.synthesis.augment.Rotate;
import org.aand.io.synthesis.augment.Solarize;

/**
 * Every augmenter with given parameters.
 *
 * <p>All exact, except what goes through OpenCV's colour spaces with hue, whose vectorised loop and
 * scalar remainder round differently: there a grey level is allowed.
 */
final class AugmentGolden {
  private static final String ROTATED_NOISE = "rotate_f64_";

  private AugmentGolden() {}

  static void check(GoldenCase golden) {
    var rgb = image(golden.input("input"));
    var square = image(golden.input("input_square"));
    for (String array : golden.arrayNames()) {
      if (array.startsWith(ROTATED_NOISE)) {
        var noise = golden.input("noise");
        double degrees = Double.parseDouble(array.substring(ROTATED_NOISE.length()));
        golden.compare(
            array,
            new AffineRotation(noise.shape()[1], noise.shape()[0], degrees).apply(noise.values()));
      } else if (array.startsWith("rotate_u8_")) {
        golden.compareWithin(array, unsigned(augmenter(golden, array).apply(square)), 0);
      } else if (!array.startsWith("input") && !array.equals("noise")) {
        golden.compareWithin(array, unsigned(augmenter(golden, array).apply(rgb)), allowed(array));
      }
    }
  }

  private static Augmenter augmenter(GoldenCase golden, String array) {
    var params = golden.json().required("params");
    String[] words = array.split("_", -1);
    return switch (words[0]) {
      case "gamma" -> {
        var gamma = params.required("gamma_per_channel");
        yield new GammaContrast(
            gamma.required(0).asDouble(),
            gamma.required(1).asDouble(),
            gamma.required(2).asDouble());
      }
      case "brightness" -> {
        var brightness = params.required("brightness");
        yield new MultiplyAndAddToBrightness(
            ColorSpace.valueOf(words[1].toUpperCase(Locale.ROOT)),
            brightness.required("mul").asDouble(),
            brightness.required("add").asInt(),
            words[2].equals("add"));
      }
      case "sharpness" -> new EnhanceSharpness(Double.parseDouble(words[1]));
      case "hue" -> {
        int sign = array.endsWith("_neg") ? -1 : 1;
        var shift = params.required("hue_sat");
        yield new AddToHueAndSaturation(
            sign * shift.required("hue_sample").asInt(),
            sign * shift.required("sat_sample").asInt());
      }
      case "solarize" -> new Solarize(params.required("solarize_threshold").asDouble(), true);
      case "posterize" -> new Posterize(Integer.parseInt(words[1]));
      case "invert" -> new Invert();
      case "autocontrast" -> new Autocontrast(Integer.parseInt(words[1]));
      case "equalize" -> new Equalize();
      case "rotate" -> new Rotate(Double.parseDouble(words[2]));
      default -> throw new AssertionError("no augmenter for " + array);
    };
  }

  private static double allowed(String array) {
    return array.startsWith("hue") || array.contains("HSV") || array.contains("HLS") ? 1 : 0;
  }

  private static RgbImage image(NpyArray array) {
    return new RgbImage(array.shape()[1], array.shape()[0], array.bytes());
  }

  private static double[] unsigned(RgbImage image) {
    double[] values = new double[image.pixels().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.pixels()[i] & 0xFF;
    }
    return values;
  }
}
