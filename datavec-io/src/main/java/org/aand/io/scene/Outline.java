package org.aand.io.scene;

import java.util.random.RandomGenerator;
import org.aand.io.synthesis.PerlinNoise;

/**
 * The shape of something in a scene: how far inside a place is, in units of the shape's size.
 *
 * <p>Positive inside, negative outside, zero on the edge.
 */
@FunctionalInterface
interface Outline {
  /** Depth at a place; coordinates relative to the shape's middle, in its size. */
  double depth(double x, double y);

  /** One of the kinds, at a random angle and aspect. */
  static Outline draw(RandomGenerator random) {
    double angle = random.nextDouble(0, 2 * Math.PI);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double aspect = random.nextDouble(0.4, 1);
    var plain =
        switch (random.nextInt(5)) {
          case 0 -> ellipse();
          case 1 -> box();
          case 2 -> ring(random.nextDouble(0.3, 0.8));
          case 3 -> star(random.nextInt(3, 9), random.nextDouble(0.1, 0.5));
          default -> blob(random);
        };
    return (x, y) -> plain.depth(cos * x + sin * y, (cos * y - sin * x) / aspect);
  }

  private static Outline ellipse() {
    return (x, y) -> 1 - Math.hypot(x, y);
  }

  private static Outline box() {
    return (x, y) -> 0.9 - Math.max(Math.abs(x), Math.abs(y));
  }

  private static Outline ring(double hole) {
    return (x, y) -> {
      double radius = Math.hypot(x, y);
      return Math.min(1 - radius, radius - hole);
    };
  }

  /** With few, deep points a star, with shallow ones a gear. */
  private static Outline star(int points, double depth) {
    return (x, y) -> {
      double swing = 0.5 + 0.5 * Math.cos(points * Math.atan2(y, x));
      return 1 - depth * (1 - swing) - Math.hypot(x, y);
    };
  }

  /** Where smooth noise is high, faded out towards the rim. */
  private static Outline blob(RandomGenerator random) {
    int size = 32;
    double[] noise = new PerlinNoise(size, size, 3, 3).draw(random);
    return (x, y) -> {
      int column = (int) Math.max(0, Math.min(size - 1, (x + 1) * size / 2));
      int row = (int) Math.max(0, Math.min(size - 1, (y + 1) * size / 2));
      return 0.8 * noise[row * size + column] + 0.6 - Math.hypot(x, y);
    };
  }
}
