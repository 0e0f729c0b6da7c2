package org.aand.demo.product;

import java.util.List;

/** One groove, or two beside each other, whose torn metal is bright and no longer turned. */
final class Scratch implements Defect {
  private static final double[] TORN = {0.80, 0.80, 0.80};

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    double length = Ramp.mix(0.22, 0.75, severity) * draw.between(0.8, 1.2);
    double direction = draw.angle();
    Place middle = Place.inRing(draw, 0.32, 0.82);
    Place half = Place.polar(length / 2, direction);
    double bend = 0.16 * length * draw.between(-1, 1);
    Place from = new Place(middle.u() - half.u(), middle.v() - half.v());
    Place to = new Place(middle.u() + half.u(), middle.v() + half.v());
    Place over =
        new Place(middle.u() - bend * half.v() / length, middle.v() + bend * half.u() / length);
    double width = Ramp.mix(0.008, 0.018, severity);
    double strength = Ramp.mix(0.40, 0.95, severity);
    var first = Stroke.curve(from, over, to);
    var grooves =
        severity > 0.6 && draw.unit() < 0.6 ? List.of(first, beside(first, width)) : List.of(first);
    LatticeNoise pressure = draw.noise();
    grooves.forEach(groove -> cut(surface, groove, width, strength, pressure));
  }

  private static Stroke beside(Stroke stroke, double width) {
    var points = stroke.points().stream().skip(3);
    return new Stroke(
        points.map(p -> new Place(p.u() + 3.2 * width, p.v() + 2.2 * width)).toList());
  }

  private static void cut(
      Surface surface, Stroke stroke, double width, double strength, LatticeNoise pressure) {
    var bounds = stroke.bounds(3 * width);
    surface.around(
        bounds.u(),
        bounds.v(),
        bounds.reach(),
        (sample, u, v) -> {
          var near = stroke.nearest(u, v);
          if (surface.cover[sample] == 0 || near.distance() > 2.2 * width) {
            return;
          }
          double t = near.along();
          double taper = Ramp.between(0, 0.12, t) * Ramp.between(1, 0.8, t);
          double force = strength * taper * (0.8 + 0.3 * pressure.at(t * 14, 0.5));
          double q = near.distance() / width;
          double groove = Math.max(0, 1 - q * q);
          double burr = Math.max(0, 1 - (q - 1.5) * (q - 1.5) / 0.49);
          surface.height[sample] += (float) (force * width * (0.22 * burr - 0.55 * groove));
          double torn = Ramp.clamp(force * Ramp.between(1.2, 0.5, q));
          surface.tintTowards(sample, TORN, 0.7 * torn);
          surface.turned[sample] *= (float) (1 - torn);
          surface.ink[sample] *= (float) (1 - torn);
          surface.gloss[sample] = (float) Ramp.mix(surface.gloss[sample], 0.5, 0.7 * torn);
        });
  }
}
