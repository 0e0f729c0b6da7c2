package org.aand.demo.product;

/**
 * Where the part lies in the image.
 *
 * <p>Part coordinates have their origin in the part's centre, u to the right and v down before
 * turning, and the radius to the tips of the teeth as unit. Image coordinates run from 0 to 1.
 *
 * @param centreX the centre in the image
 * @param centreY the centre in the image
 * @param radius the tips' radius in the image
 * @param cos of the angle it is turned by
 * @param sin of the angle it is turned by
 */
record Pose(double centreX, double centreY, double radius, double cos, double sin) {
  /** Nearly in the middle, turned by up to 5 degrees. */
  static Pose drawn(Draw draw) {
    double angle = StrictMath.toRadians(draw.between(-5, 5));
    return new Pose(
        draw.between(0.485, 0.515),
        draw.between(0.485, 0.515),
        draw.between(0.425, 0.433),
        StrictMath.cos(angle),
        StrictMath.sin(angle));
  }

  double u(double x, double y) {
    return ((x - centreX) * cos + (y - centreY) * sin) / radius;
  }

  double v(double x, double y) {
    return ((y - centreY) * cos - (x - centreX) * sin) / radius;
  }

  double x(double u, double v) {
    return centreX + radius * (u * cos - v * sin);
  }

  double y(double u, double v) {
    return centreY + radius * (u * sin + v * cos);
  }
}
