package org.aand.demo.product;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The solid: a toothed wheel with a bore, a keyway and a circle of bolt holes, as signed distances
 * in part units (negative in the metal).
 *
 * @param holes the bolt holes
 * @param fractures what broke off
 */
record GearShape(List<Hole> holes, List<Fracture> fractures) {
  static final int TEETH = 30;
  static final double TIP = 1.0;
  static final double ROOT = 0.89;
  static final double RIM = 0.70;
  static final double HUB = 0.38;
  static final double BORE = 0.19;
  static final double HOLE_CIRCLE = 0.545;
  static final int HOLES = 6;

  private static final double HOLE_RADIUS = 0.078;
  private static final double KEY_DEPTH = 0.055;
  private static final double KEY_HALF_WIDTH = 0.045;
  private static final double TOOTH_HALF_WIDTH = 0.066;
  private static final double FLANK = 0.40;
  private static final double FLANK_LENGTH = Math.sqrt(1 + FLANK * FLANK);
  private static final double FILLET = 0.03;
  private static final double CHAMFER = 0.028;
  private static final double CHAMFER_SLOPE = 0.7;
  private static final double WEB_DEPTH = 0.028;
  private static final double HUB_HEIGHT = 0.01;
  private static final double STEP = 0.03;
  private static final double TOOTH_ANGLE = 2 * Math.PI / TEETH;

  /** A round hole with a chamfered edge. */
  record Hole(double u, double v, double radius) {
    double distance(double pu, double pv) {
      return Math.sqrt((pu - u) * (pu - u) + (pv - v) * (pv - v)) - radius;
    }
  }

  /**
   * A piece that broke off: what lies beyond a rough line, near a point.
   *
   * @param u a point on the line
   * @param v a point on the line
   * @param normalU the direction in which the metal is gone, of length 1
   * @param normalV the direction in which the metal is gone, of length 1
   * @param reach how far from the point
   * @param rough the line's unevenness
   */
  record Fracture(
      double u, double v, double normalU, double normalV, double reach, LatticeNoise rough) {
    /** Positive where the metal is gone. */
    double gone(double pu, double pv) {
      double du = pu - u;
      double dv = pv - v;
      double beyond = du * normalU + dv * normalV + 0.018 * rough.fractal(pu * 28, pv * 28, 3);
      return Math.min(beyond, reach - Math.sqrt(du * du + dv * dv));
    }
  }

  GearShape {
    holes = List.copyOf(holes);
    fractures = List.copyOf(fractures);
  }

  /** The part as designed. */
  static GearShape designed() {
    return new GearShape(IntStream.range(0, HOLES).mapToObj(GearShape::hole).toList(), List.of());
  }

  /** With one bolt hole left out. */
  GearShape withoutHole(int index) {
    var others = new ArrayList<>(holes);
    others.remove(index);
    return new GearShape(others, fractures);
  }

  /** With one bolt hole of another radius. */
  GearShape withHole(int index, double radius) {
    var all = new ArrayList<>(holes);
    Hole hole = all.get(index);
    all.set(index, new Hole(hole.u(), hole.v(), radius));
    return new GearShape(all, fractures);
  }

  GearShape with(Fracture fracture) {
    var all = new ArrayList<>(fractures);
    all.add(fracture);
    return new GearShape(holes, all);
  }

  /**
   * The solid at a point.
   *
   * @param distance to the outline, signed
   * @param height over the plane of the rim; continues smoothly beyond the outline
   */
  record Point(double distance, double height) {}

  Point at(double u, double v) {
    double r = Math.sqrt(u * u + v * v);
    double body = body(u, v, r);
    double hole = holeDistance(u, v, r);
    double web = Ramp.between(HUB - STEP, HUB, r) * Ramp.between(RIM, RIM - STEP, r) * WEB_DEPTH;
    double hub = Ramp.between(HUB, HUB - STEP, r) * HUB_HEIGHT;
    return new Point(Math.max(body, -hole), hub - web - chamfer(body) - chamfer(-hole));
  }

  private static double chamfer(double distance) {
    return CHAMFER_SLOPE * Math.max(0, Math.min(distance + CHAMFER, 2 * CHAMFER));
  }

  private double holeDistance(double u, double v, double r) {
    double nearest = HOLE_RADIUS;
    if (Math.abs(r - HOLE_CIRCLE) < 2 * HOLE_RADIUS) {
      for (Hole hole : holes) {
        nearest = Math.min(nearest, hole.distance(u, v));
      }
    }
    return nearest;
  }

  private double body(double u, double v, double r) {
    double outer = r < 0.8 || r > 1.1 ? r - ROOT : toothed(u, v, r);
    double metal = Math.max(outer, -boreDistance(u, v, r));
    for (Fracture fracture : fractures) {
      metal = Math.max(metal, fracture.gone(u, v));
    }
    return metal;
  }

  private static double boreDistance(double u, double v, double r) {
    double keyU = Math.abs(u) - KEY_HALF_WIDTH;
    double keyV = Math.abs(v + BORE) - KEY_DEPTH;
    return Math.min(r - BORE, Math.max(keyU, keyV));
  }

  private static double toothed(double u, double v, double r) {
    double angle = StrictMath.atan2(v, u) / TOOTH_ANGLE;
    double offset = Math.abs(angle - Math.rint(angle)) * TOOTH_ANGLE;
    // Within a tooth's sector the arc is as good as its chord.
    double across = offset * r - TOOTH_HALF_WIDTH + FLANK * (r - ROOT);
    double tooth = Math.max(r - TIP, across / FLANK_LENGTH);
    return smoothUnion(r - ROOT, tooth);
  }

  private static double smoothUnion(double a, double b) {
    double overlap = Math.max(FILLET - Math.abs(a - b), 0) / FILLET;
    return Math.min(a, b) - overlap * overlap * FILLET / 4;
  }

  private static Hole hole(int index) {
    double angle = 2 * Math.PI * index / HOLES;
    return new Hole(
        HOLE_CIRCLE * StrictMath.cos(angle), HOLE_CIRCLE * StrictMath.sin(angle), HOLE_RADIUS);
  }
}
