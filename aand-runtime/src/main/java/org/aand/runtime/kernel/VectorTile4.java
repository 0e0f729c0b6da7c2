package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * 4 rows by two vectors of a product, in registers over the depth of a block. Written out, because
 * the compiler keeps only local variables in registers.
 */
final class VectorTile4 {
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private static final int ROW = Arithmetic.ROW;
  private static final int PANEL = VectorLanes.TILE_COLUMNS;

  private VectorTile4() {}

  static void run(
      float[] a,
      int ao,
      float[] b,
      int bo,
      int depth,
      float[] bias,
      int biasOffset,
      float[] init,
      int io,
      int initStride,
      float floor,
      float[] c,
      int co,
      int cStride) {
    FloatVector bias0 = FloatVector.fromArray(S, bias, biasOffset);
    FloatVector bias1 = FloatVector.fromArray(S, bias, biasOffset + L);
    int at = io;
    FloatVector s0 = FloatVector.fromArray(S, init, at).add(bias0);
    FloatVector t0 = FloatVector.fromArray(S, init, at + L).add(bias1);
    at += initStride;
    FloatVector s1 = FloatVector.fromArray(S, init, at).add(bias0);
    FloatVector t1 = FloatVector.fromArray(S, init, at + L).add(bias1);
    at += initStride;
    FloatVector s2 = FloatVector.fromArray(S, init, at).add(bias0);
    FloatVector t2 = FloatVector.fromArray(S, init, at + L).add(bias1);
    at += initStride;
    FloatVector s3 = FloatVector.fromArray(S, init, at).add(bias0);
    FloatVector t3 = FloatVector.fromArray(S, init, at + L).add(bias1);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * PANEL + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      s0 = a0.fma(b0, s0);
      t0 = a0.fma(b1, t0);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + 1 * ROW + k]);
      s1 = a1.fma(b0, s1);
      t1 = a1.fma(b1, t1);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + 2 * ROW + k]);
      s2 = a2.fma(b0, s2);
      t2 = a2.fma(b1, t2);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + 3 * ROW + k]);
      s3 = a3.fma(b0, s3);
      t3 = a3.fma(b1, t3);
    }
    FloatVector least = FloatVector.broadcast(S, floor);
    int to = co;
    s0.max(least).intoArray(c, to);
    t0.max(least).intoArray(c, to + L);
    to += cStride;
    s1.max(least).intoArray(c, to);
    t1.max(least).intoArray(c, to + L);
    to += cStride;
    s2.max(least).intoArray(c, to);
    t2.max(least).intoArray(c, to + L);
    to += cStride;
    s3.max(least).intoArray(c, to);
    t3.max(least).intoArray(c, to + L);
  }
}
