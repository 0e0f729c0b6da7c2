package org.aand.demo.product;

/** A tooth broke off at its root, or lost a corner or its tip. */
final class BrokenTooth implements Defect {
  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    double angle = 2 * Math.PI * draw.below(GearShape.TEETH) / GearShape.TEETH;
    double tilt = draw.between(0.2, 0.7) * draw.sign();
    double left = Ramp.mix(0.065, 0.0, severity) + draw.between(-0.008, 0.012);
    Place middle = Place.polar(GearShape.ROOT + left, angle);
    Place normal = Place.polar(1, angle + tilt);
    double reach = GearShape.TIP - GearShape.ROOT - left + 0.02;
    var fracture =
        new GearShape.Fracture(
            middle.u(), middle.v(), normal.u(), normal.v(), Math.max(reach, 0.09), draw.noise());
    var shape = GearShape.designed().with(fracture);
    finish.paint(surface, shape, middle.u(), middle.v(), 0.17);
    // Broken metal is grey and coarse.
    LatticeNoise grains = draw.noise();
    surface.around(
        middle.u(),
        middle.v(),
        0.17,
        (sample, u, v) -> {
          double broken = Ramp.between(-0.05, -0.015, fracture.gone(u, v));
          if (surface.cover[sample] == 0 || broken == 0) {
            return;
          }
          double grey = 0.30 + 0.10 * grains.fractal(u * 60, v * 60, 2);
          surface.tintTowards(sample, new double[] {grey, grey, grey}, 0.8 * broken);
          surface.gloss[sample] *= (float) (1 - 0.7 * broken);
          surface.turned[sample] *= (float) (1 - broken);
          surface.height[sample] -=
              (float) (0.01 * broken * (1 + grains.fractal(u * 45, v * 45, 2)));
        });
  }
}
