package org.aand.demo.product;

/**
 * The conveyor belt: dark green rubber with a knurled pattern that has moved on by some way.
 *
 * @param shift how far it has moved on, in pattern repeats
 * @param lightness 1 on average
 * @param dirt its unevenness
 * @param weave its fine texture
 */
record Belt(double shift, double lightness, LatticeNoise dirt, LatticeNoise weave) {
  private static final double[] RUBBER = {0.022, 0.036, 0.034};
  private static final double REPEATS = 34;

  static Belt drawn(Draw draw) {
    return new Belt(draw.unit(), draw.between(0.9, 1.1), draw.noise(), draw.noise());
  }

  /** Writes the colour at a point of the image, linear light without shadow. */
  void colour(double x, double y, double[] colour) {
    double p = (x + y) * REPEATS + shift;
    double q = (x - y) * REPEATS - shift;
    double ridge = Math.max(wave(p), wave(q));
    double fine = weave.at(x * 190, y * 190);
    double uneven = dirt.fractal(x * 6, y * 6, 2);
    double light = lightness * (0.72 + 0.62 * ridge * ridge + 0.12 * fine + 0.09 * uneven);
    for (int c = 0; c < 3; c++) {
      colour[c] = RUBBER[c] * light;
    }
  }

  /** A triangle wave, 0..1. */
  private static double wave(double t) {
    double phase = t - Math.floor(t);
    return Math.abs(2 * phase - 1);
  }
}
