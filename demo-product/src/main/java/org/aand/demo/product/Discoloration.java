package org.aand.demo.product;

/**
 * Tempering colours where the metal was too hot: straw at the edge, then bronze, purple and blue.
 */
final class Discoloration implements Defect {
  private static final double[][] TEMPERS = {
    {1.00, 1.00, 1.00},
    {1.00, 0.90, 0.62},
    {0.86, 0.62, 0.42},
    {0.62, 0.48, 0.66},
    {0.50, 0.62, 0.92},
  };

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    Place middle = Place.inRing(draw, 0.30, 0.86);
    double size = Ramp.mix(0.16, 0.30, severity) * draw.between(0.85, 1.15);
    double heat = Ramp.mix(0.30, 1.0, severity);
    LatticeNoise uneven = draw.noise();
    double[] colour = new double[3];
    surface.around(
        middle.u(),
        middle.v(),
        1.4 * size,
        (sample, u, v) -> {
          double q = middle.distance(u, v) / size;
          double warm = heat * (1 - q * (1 + 0.3 * uneven.fractal(u * 5, v * 5, 3)));
          if (surface.cover[sample] == 0 || warm <= 0) {
            return;
          }
          temper(warm, colour);
          surface.tintBy(sample, colour, 0.85);
        });
  }

  private static void temper(double warm, double[] colour) {
    double at = Math.min(warm * 1.5, 0.999) * (TEMPERS.length - 1);
    int index = (int) at;
    for (int c = 0; c < 3; c++) {
      colour[c] = Ramp.mix(TEMPERS[index][c], TEMPERS[index + 1][c], at - index);
    }
  }
}
