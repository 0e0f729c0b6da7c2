package org.aand.runtime.kernel;

/**
 * The hyperbolic tangent as a quotient of polynomials: within 3e-7 of the exact value. A formula of
 * its own, because the Vector API's function differs between compiled and interpreted code.
 */
final class Tanh {
  /** Beyond it the result is 1 in float32. */
  static final float LIMIT = 7.905311e+00f;

  static final float A1 = 4.8935246e-03f;
  static final float A3 = 6.3726195e-04f;
  static final float A5 = 1.48572235e-05f;
  static final float A7 = 5.1222973e-08f;
  static final float A9 = -8.604672e-11f;
  static final float A11 = 2.000188e-13f;
  static final float A13 = -2.7607684e-16f;
  static final float B0 = 4.893525e-03f;
  static final float B2 = 2.2684347e-03f;
  static final float B4 = 1.1853471e-04f;
  static final float B6 = 1.1982584e-06f;

  private Tanh() {}

  static float of(float v) {
    float x = Math.min(Math.max(v, -LIMIT), LIMIT);
    float q = x * x;
    float p = q * A13 + A11;
    p = p * q + A9;
    p = p * q + A7;
    p = p * q + A5;
    p = p * q + A3;
    p = p * q + A1;
    float d = q * B6 + B4;
    d = d * q + B2;
    d = d * q + B0;
    return x * p / d;
  }
}
