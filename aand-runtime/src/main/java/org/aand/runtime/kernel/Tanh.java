package org.aand.runtime.kernel;

/**
 * The hyperbolic tangent as a quotient of polynomials: within 3e-7 of the exact value. A formula of
 * its own, because the Vector API's function differs between compiled and interpreted code.
 */
final class Tanh {
  /** Beyond it the result is 1 in float32. */
  static final float LIMIT = 7.9053111f;

  static final float A1 = 4.89352455891786e-03f;
  static final float A3 = 6.37261928875436e-04f;
  static final float A5 = 1.48572235717979e-05f;
  static final float A7 = 5.12229709037114e-08f;
  static final float A9 = -8.60467152213735e-11f;
  static final float A11 = 2.00018790482477e-13f;
  static final float A13 = -2.76076847742355e-16f;
  static final float B0 = 4.89352518554385e-03f;
  static final float B2 = 2.26843463243900e-03f;
  static final float B4 = 1.18534705686654e-04f;
  static final float B6 = 1.19825839466702e-06f;

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
