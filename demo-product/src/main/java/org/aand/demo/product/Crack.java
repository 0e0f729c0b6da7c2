package org.aand.demo.product;

import java.util.ArrayList;
import java.util.List;

/** A dark jagged line from a hole or from the root of a tooth, tapering off, sometimes forked. */
final class Crack implements Defect {
  private static final double STEP = 0.026;

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    double angle;
    Place start;
    if (draw.unit() < 0.6) {
      var hole = GearShape.designed().holes().get(draw.below(GearShape.HOLES));
      angle = draw.angle();
      Place off = Place.polar(hole.radius() * 0.97, angle);
      start = new Place(hole.u() + off.u(), hole.v() + off.v());
    } else {
      double tooth = 2 * Math.PI * (draw.below(GearShape.TEETH) + 0.5) / GearShape.TEETH;
      angle = tooth + Math.PI;
      start = Place.polar(GearShape.ROOT, tooth);
    }
    double length = Ramp.mix(0.14, 0.42, severity) * draw.between(0.85, 1.15);
    double width = Ramp.mix(0.0065, 0.0125, severity);
    var trunk = walk(start, angle, length, draw);
    open(surface, trunk, width);
    if (severity > 0.35) {
      Place fork = trunk.get(trunk.size() / 2);
      open(surface, walk(fork, angle + 0.75 * draw.sign(), length * 0.4, draw), width * 0.6);
    }
  }

  private static List<Place> walk(Place start, double angle, double length, Draw draw) {
    var points = new ArrayList<Place>();
    points.add(start);
    Place at = start;
    double drift = angle;
    for (double gone = 0; gone < length; gone += STEP) {
      drift += 0.18 * draw.bell();
      Place step = Place.polar(STEP, drift + 0.45 * draw.bell());
      at = new Place(at.u() + step.u(), at.v() + step.v());
      points.add(at);
    }
    return points;
  }

  private static void open(Surface surface, List<Place> points, double width) {
    var stroke = new Stroke(points);
    var bounds = stroke.bounds(4 * width);
    double[] abyss = {0.03, 0.03, 0.03};
    surface.around(
        bounds.u(),
        bounds.v(),
        bounds.reach(),
        (sample, u, v) -> {
          var near = stroke.nearest(u, v);
          double half = width * (1 - 0.75 * near.along());
          double open = Ramp.clamp((half - near.distance()) / (0.6 * width) + 0.5);
          if (surface.cover[sample] == 0 || open == 0) {
            return;
          }
          surface.tintTowards(sample, abyss, 0.95 * open);
          surface.gloss[sample] *= (float) (1 - 0.9 * open);
          surface.height[sample] -= (float) (0.3 * width * open);
        });
  }
}
