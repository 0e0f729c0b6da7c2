package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * What {@link VectorElements} does with single vectors. In a class of its own, as these have to be
 * compiled as a part of its loops, and the loops not as a part of what calls them.
 */
final class VectorFunctions {
  private static final int L = VectorLanes.LENGTH;

  private VectorFunctions() {}

  static FloatVector tanh(FloatVector v) {
    FloatVector x = v.max(-Tanh.LIMIT).min(Tanh.LIMIT);
    FloatVector q = x.mul(x);
    FloatVector p = q.mul(Tanh.A13).add(Tanh.A11);
    p = p.mul(q).add(Tanh.A9);
    p = p.mul(q).add(Tanh.A7);
    p = p.mul(q).add(Tanh.A5);
    p = p.mul(q).add(Tanh.A3);
    p = p.mul(q).add(Tanh.A1);
    FloatVector d = q.mul(Tanh.B6).add(Tanh.B4);
    d = d.mul(q).add(Tanh.B2);
    d = d.mul(q).add(Tanh.B0);
    return x.mul(p).div(d);
  }

  /** The lanes are added one after the other: the order of reduceLanes is nowhere promised. */
  static float sum(FloatVector vector, float[] lanes) {
    vector.intoArray(lanes, 0);
    float sum = 0;
    for (int i = 0; i < L; i++) {
      sum += lanes[i];
    }
    return sum;
  }
}
