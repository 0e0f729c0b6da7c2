package org.aand.runtime.kernel;

/** What is applied to a sum before it is stored. */
public enum Activation {
  NONE,
  RELU,
  TANH,
  SIGMOID;

  /** The lower bound of a stored value; the other functions take a second pass. */
  float floor() {
    return this == RELU ? 0 : Float.NEGATIVE_INFINITY;
  }

  /** Applies a function that takes a second pass; nothing for the others. */
  void secondPass(float[] x, int offset, int count) {
    if (this == TANH) {
      Elements.tanh(x, offset, x, offset, count);
    } else if (this == SIGMOID) {
      Elements.sigmoid(x, offset, x, offset, count);
    }
  }

  boolean takesSecondPass() {
    return this == TANH || this == SIGMOID;
  }
}
