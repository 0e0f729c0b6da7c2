package org.aand.demo.product;

import java.util.ArrayList;
import java.util.List;

/**
 * A line through points.
 *
 * @param points at least two
 */
record Stroke(List<Place> points) {
  /**
   * @param distance to the nearest point of the stroke
   * @param along where that is, 0 (start) to 1 (end)
   */
  record Near(double distance, double along) {}

  Stroke {
    points = List.copyOf(points);
  }

  /** A curve from a point to another that bends towards a third. */
  static Stroke curve(Place from, Place bend, Place to) {
    int steps = 12;
    var points = new ArrayList<Place>();
    for (int i = 0; i <= steps; i++) {
      double t = (double) i / steps;
      double a = (1 - t) * (1 - t);
      double b = 2 * t * (1 - t);
      double c = t * t;
      points.add(
          new Place(
              a * from.u() + b * bend.u() + c * to.u(), a * from.v() + b * bend.v() + c * to.v()));
    }
    return new Stroke(points);
  }

  Near nearest(double u, double v) {
    double best = Double.MAX_VALUE;
    double along = 0;
    int segments = points.size() - 1;
    for (int i = 0; i < segments; i++) {
      Place from = points.get(i);
      double du = points.get(i + 1).u() - from.u();
      double dv = points.get(i + 1).v() - from.v();
      double length = du * du + dv * dv;
      double t = length == 0 ? 0 : Ramp.clamp(((u - from.u()) * du + (v - from.v()) * dv) / length);
      double offU = u - from.u() - t * du;
      double offV = v - from.v() - t * dv;
      double distance = offU * offU + offV * offV;
      if (distance < best) {
        best = distance;
        along = (i + t) / segments;
      }
    }
    return new Near(Math.sqrt(best), along);
  }

  /** A circle that holds the stroke and that much more on all sides. */
  Spot bounds(double margin) {
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (Place point : points) {
      left = Math.min(left, point.u());
      right = Math.max(right, point.u());
      top = Math.min(top, point.v());
      bottom = Math.max(bottom, point.v());
    }
    double halfU = (right - left) / 2;
    double halfV = (bottom - top) / 2;
    return new Spot(
        (left + right) / 2,
        (top + bottom) / 2,
        1.42 * Math.sqrt(halfU * halfU + halfV * halfV) + margin);
  }
}
