package org.aand.demo.product;

/** Interpolation between two values. */
final class Ramp {
  private Ramp() {}

  static double clamp(double t) {
    return t < 0 ? 0 : Math.min(t, 1);
  }

  static double mix(double from, double to, double t) {
    return from + (to - from) * t;
  }

  /** The cubic 3t^2 - 2t^3, for t within 0..1. */
  static double fade(double t) {
    return t * t * (3 - 2 * t);
  }

  /** 0 below the first edge, 1 above the second, smooth between; the edges may be swapped. */
  static double between(double from, double to, double x) {
    return fade(clamp((x - from) / (to - from)));
  }
}
