package org.aand.golden;

import org.aand.io.synthesis.PerlinNoise;

/** Perlin noise for given gradient angles. */
final class PerlinGolden {
  private static final String UNIFORMS = "u_";
  private static final int STORED_WHOLE = 64;

  private PerlinGolden() {}

  static void check(GoldenCase golden) {
    for (String array : golden.arrayNames()) {
      if (array.startsWith(UNIFORMS)) {
        checkNoise(golden, array.substring(UNIFORMS.length()));
      }
    }
  }

  /** A tag is {@code size_rowsxcolumns}. */
  private static void checkNoise(GoldenCase golden, String tag) {
    int size = Integer.parseInt(tag.substring(0, tag.indexOf('_')));
    var uniforms = golden.input(UNIFORMS + tag);
    var noise =
        new PerlinNoise(size, size, uniforms.shape()[0] - 1, uniforms.shape()[1] - 1)
            .evaluate(uniforms.values());
    if (size == STORED_WHOLE) {
      golden.compare("noise_" + tag, noise);
    } else {
      golden.compare("noise_s4_" + tag, everyFourth(noise, size));
    }
    int above = 0;
    for (double value : noise) {
      above += value > 0.5 ? 1 : 0;
    }
    golden.scalar(
        "count_above_0.5 " + tag,
        golden.json().path("count_above_0.5").required(tag).asInt(),
        above,
        0);
  }

  private static double[] everyFourth(double[] values, int size) {
    int side = (size + 3) / 4;
    double[] picked = new double[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        picked[y * side + x] = values[4 * y * size + 4 * x];
      }
    }
    return picked;
  }
}
