package org.aand.demo.product;

/** A round or oval pit with a slightly raised edge; the colour hardly changes, the slope does. */
final class Dent implements Defect {
  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    Place middle = Place.inRing(draw, 0.30, 0.84);
    double size = Ramp.mix(0.06, 0.135, severity) * draw.between(0.9, 1.1);
    double oval = draw.between(0.6, 1);
    Place axis = Place.polar(1, draw.angle());
    double depth = size * Ramp.mix(0.13, 0.34, severity);
    LatticeNoise uneven = draw.noise();
    surface.around(
        middle.u(),
        middle.v(),
        1.5 * size,
        (sample, u, v) -> {
          double du = u - middle.u();
          double dv = v - middle.v();
          double along = (du * axis.u() + dv * axis.v()) / size;
          double across = (dv * axis.u() - du * axis.v()) / (size * oval);
          double q = Math.sqrt(along * along + across * across);
          q *= 1 + 0.14 * uneven.at(u * 16, v * 16);
          if (surface.cover[sample] == 0 || q >= 1.4) {
            return;
          }
          double pit = q < 1 ? (1 - q * q) * (1 - q * q) : 0;
          double edge = Math.max(0, 1 - (q - 1.05) * (q - 1.05) / 0.1225);
          surface.height[sample] += (float) (depth * (0.10 * edge * edge - pit));
          surface.grain[sample] *= (float) (1 - 0.7 * pit);
          double bruised = Ramp.between(0, 0.5, pit) * Ramp.mix(0.06, 0.22, severity);
          double[] shade = {1 - bruised, 1 - bruised, 1 - bruised};
          surface.tintBy(sample, shade, 1);
        });
  }
}
