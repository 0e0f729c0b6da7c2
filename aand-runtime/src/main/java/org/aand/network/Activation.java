package org.aand.network;

/** An elementwise function at the end of an operation. */
public enum Activation {
  /** The identity. */
  NONE,
  /** {@code max(0, x)}. */
  RELU,
  /** The hyperbolic tangent. */
  TANH
}
