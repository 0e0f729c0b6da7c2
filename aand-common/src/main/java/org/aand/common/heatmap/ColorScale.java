package org.aand.common.heatmap;

/**
 * A fixed scale from anomaly values to colours: values at or below {@code min} take the first
 * colour, values at or above {@code max} the last.
 *
 * <p>The colours run from near black over violet and orange to pale yellow. They are a straight
 * walk in OKLab lightness with a turning hue, so that equal steps of value look like equal steps of
 * brightness, in grey print and to colour-blind eyes as well. OKLab: B. Ottosson, "A perceptual
 * color space for image processing", 2020.
 *
 * @param min the value of the first colour
 * @param max the value of the last colour, above {@code min}
 */
public record ColorScale(double min, double max) {
  private static final int STEPS = 256;
  private static final int[] COLORS = colors();

  /**
   * @throws IllegalArgumentException unless {@code min < max}, both finite
   */
  public ColorScale {
    if (!(min < max) || !Double.isFinite(max - min)) {
      throw new IllegalArgumentException("color scale from " + min + " to " + max);
    }
  }

  /**
   * The colour of a value as {@code 0xRRGGBB}.
   *
   * @throws IllegalArgumentException if the value is NaN
   */
  public int rgb(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("an anomaly value is NaN");
    }
    double t = Math.min(1, Math.max(0, (value - min) / (max - min)));
    return COLORS[(int) Math.round(t * (STEPS - 1))];
  }

  private static int[] colors() {
    var colors = new int[STEPS];
    for (int i = 0; i < STEPS; i++) {
      double t = i / (double) (STEPS - 1);
      double lightness = 0.14 + 0.82 * t;
      double hue = Math.toRadians(285 + 180 * t); // violet, red, orange, yellow
      // Stays within what sRGB can show at every lightness and hue of the walk.
      double chroma = 0.05 + 0.15 * Math.sin(Math.PI * t) + 0.05 * Math.pow(t, 4);
      double[] linear = linearRgb(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
      colors[i] = encode(linear[0]) << 16 | encode(linear[1]) << 8 | encode(linear[2]);
    }
    return colors;
  }

  private static double[] linearRgb(double lightness, double a, double b) {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static int encode(double linear) {
    double x = Math.min(1, Math.max(0, linear));
    double srgb = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
    return (int) Math.round(srgb * 255);
  }
}
