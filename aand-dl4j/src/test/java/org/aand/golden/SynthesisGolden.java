package org.aand.golden;

import org.aand.common.image.RgbImage;
import org.aand.io.synthesis.BilinearResize;
import org.aand.io.synthesis.Composition;
import org.aand.io.synthesis.PerlinNoise;
import org.aand.io.synthesis.SynthesisSettings;

/** One composition with noise, foreground, texture and beta given. */
final class SynthesisGolden {
  private static final String ANGLES = "u_angles_";
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private SynthesisGolden() {}

  static void check(GoldenCase golden) {
    var rgb = golden.input("image_u8");
    int height = rgb.shape()[0];
    int width = rgb.shape()[1];
    float[] image = normalise(rgb.bytes());
    golden.compare("image_norm", image);

    var texture = golden.input("aux");
    var resized =
        BilinearResize.resize(
            new RgbImage(texture.shape()[1], texture.shape()[0], texture.bytes()), width, height);
    golden.compareWithin("aux_resized_cv2_linear", unsigned(resized.pixels()), 0);

    double[] noise = noise(golden, width, height);
    golden.compare("noise", noise);
    byte[] mask =
        Composition.mask(
            noise, golden.input("fore").bytes(), new SynthesisSettings().noiseThreshold());
    golden.compareWithin("mask", unsigned(mask), 0);

    double beta = golden.json().required("beta").asDouble();
    golden.compare("out", Composition.compose(image, normalise(resized.pixels()), mask, beta));
  }

  private static double[] noise(GoldenCase golden, int width, int height) {
    String angles =
        golden.arrayNames().stream().filter(a -> a.startsWith(ANGLES)).findFirst().orElseThrow();
    var uniforms = golden.input(angles);
    return new PerlinNoise(width, height, uniforms.shape()[0] - 1, uniforms.shape()[1] - 1)
        .evaluate(uniforms.values());
  }

  private static float[] normalise(byte[] pixels) {
    float[] normalised = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      normalised[i] = ((pixels[i] & 0xFF) / 255f - MEAN[i % 3]) / DEVIATION[i % 3];
    }
    return normalised;
  }

  private static double[] unsigned(byte[] bytes) {
    double[] values = new double[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xFF;
    }
    return values;
  }
}
