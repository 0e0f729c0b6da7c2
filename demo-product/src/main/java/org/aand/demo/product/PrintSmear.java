package org.aand.demo.product;

/** One of the prints was wiped in some direction: trails of ink beside it, and less ink in it. */
final class PrintSmear implements Defect {
  private static final int TRAIL = 24;

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    var print = Marking.PRINTS.get(draw.below(Marking.PRINTS.size()));
    Place direction = Place.polar(1, draw.angle());
    double length = Ramp.mix(0.06, 0.16, severity) * draw.between(0.85, 1.15);
    double strength = Ramp.mix(0.32, 0.85, severity);
    // A finger wipes half of the print or all of it.
    double side = draw.between(-0.3, 1) * print.reach();
    LatticeNoise streaks = draw.noise();
    float[] before = surface.ink.clone();
    surface.around(
        print.u(),
        print.v(),
        print.reach() + length,
        (sample, u, v) -> {
          if (surface.cover[sample] == 0) {
            return;
          }
          double across = (v - print.v()) * direction.u() - (u - print.u()) * direction.v();
          double wiped =
              Ramp.between(side + 0.03, side - 0.03, across)
                  * (0.75 + 0.25 * streaks.at(across * 45, 0.5));
          double trail = 0;
          for (int i = 1; i <= TRAIL; i++) {
            double back = length * i / TRAIL;
            int from = surface.nearest(u - back * direction.u(), v - back * direction.v());
            if (from >= 0) {
              trail = Math.max(trail, before[from] * (1 - (double) i / (TRAIL + 1)));
            }
          }
          double kept = before[sample] * (1 - 0.35 * strength * wiped);
          surface.ink[sample] = (float) Math.max(kept, strength * wiped * trail);
        });
  }
}
