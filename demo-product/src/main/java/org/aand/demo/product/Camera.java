package org.aand.demo.product;

/**
 * From light to 8 bits: the lens's slight blur, uneven lighting and darker corners, the tone curve,
 * and the sensor's noise.
 *
 * @param exposure 1 on average
 * @param gradientX change of the light from left to right
 * @param gradientY change of the light from top to bottom
 */
record Camera(double exposure, double gradientX, double gradientY) {
  private static final double VIGNETTE = 0.24;
  private static final double NOISE = 1.5;

  /** What weighs on a pixel along each axis: its two samples and one to either side. */
  private static final float[] LENS = {0.125f, 0.375f, 0.375f, 0.125f};

  /** Brings the brightest light to 250. */
  private static final double SHOULDER = 1.1;

  private static final int CURVE_STEPS = 4096;
  private static final float[] CURVE = curve();

  static Camera drawn(Draw draw) {
    return new Camera(
        draw.between(0.95, 1.05), draw.between(-0.10, 0.10), draw.between(-0.08, 0.08));
  }

  /**
   * Takes the image.
   *
   * @param lit {@code [3][side * side]}, linear light
   * @param side samples along each axis
   * @return {@code [size, size, 3]}, 0..255, without noise and not rounded
   */
  float[] expose(float[][] lit, int side) {
    int size = side / Surface.OVERSAMPLING;
    float[] exposed = new float[3 * size * size];
    for (int c = 0; c < 3; c++) {
      float[] reduced = reduce(lit[c], side);
      for (int y = 0; y < size; y++) {
        double fromMiddleY = (y + 0.5) / size - 0.5;
        for (int x = 0; x < size; x++) {
          double fromMiddleX = (x + 0.5) / size - 0.5;
          double corner = fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY;
          double light =
              exposure
                  * (1 + gradientX * fromMiddleX + gradientY * fromMiddleY)
                  * (1 - VIGNETTE * corner);
          int pixel = y * size + x;
          exposed[3 * pixel + c] = tone(reduced[pixel] * light);
        }
      }
    }
    return exposed;
  }

  /** The sensor's noise: one value per channel, partly common to a pixel's three. */
  static float[] noise(Draw draw, int size) {
    float[] noise = new float[3 * size * size];
    for (int pixel = 0; pixel < size * size; pixel++) {
      double common = 0.8 * draw.bell();
      for (int c = 0; c < 3; c++) {
        noise[3 * pixel + c] = (float) (NOISE * (common + 0.6 * draw.bell()));
      }
    }
    return noise;
  }

  private static float[] reduce(float[] values, int side) {
    int size = side / Surface.OVERSAMPLING;
    float[] across = new float[side * size];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < size; x++) {
        float sum = 0;
        for (int k = 0; k < LENS.length; k++) {
          sum += LENS[k] * values[y * side + inside(2 * x - 1 + k, side)];
        }
        across[y * size + x] = sum;
      }
    }
    float[] reduced = new float[size * size];
    for (int y = 0; y < size; y++) {
      for (int k = 0; k < LENS.length; k++) {
        int row = inside(2 * y - 1 + k, side) * size;
        for (int x = 0; x < size; x++) {
          reduced[y * size + x] += LENS[k] * across[row + x];
        }
      }
    }
    return reduced;
  }

  private static int inside(int at, int side) {
    return Math.max(0, Math.min(side - 1, at));
  }

  private static float tone(double light) {
    double at = Math.max(0, Math.min(light, 2)) / 2 * CURVE_STEPS;
    int step = Math.min((int) at, CURVE_STEPS - 1);
    return (float) Ramp.mix(CURVE[step], CURVE[step + 1], at - step);
  }

  /** Light 0..2 to 0..255: soft shadows and shoulder, then the display's gamma. */
  private static float[] curve() {
    float[] curve = new float[CURVE_STEPS + 1];
    for (int i = 0; i <= CURVE_STEPS; i++) {
      double light = 2.0 * i / CURVE_STEPS;
      double soft = SHOULDER * (1 - 1 / (1 + light + 1.2 * light * light));
      curve[i] = (float) (255 * StrictMath.pow(soft, 1 / 2.2));
    }
    return curve;
  }
}
