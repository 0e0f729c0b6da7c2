package org.aand.demo.product;

/**
 * A point of the part, see {@link Pose}.
 *
 * @param u to the right
 * @param v down
 */
record Place(double u, double v) {
  static Place polar(double radius, double angle) {
    return new Place(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
  }

  /** Anywhere in a ring. */
  static Place inRing(Draw draw, double inner, double outer) {
    return polar(draw.between(inner, outer), draw.angle());
  }

  double distance(double otherU, double otherV) {
    double du = otherU - u;
    double dv = otherV - v;
    return Math.sqrt(du * du + dv * dv);
  }
}
