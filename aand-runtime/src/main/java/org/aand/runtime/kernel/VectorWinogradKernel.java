package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of a {@link KernelTransform} by the Vector API. All taps are read at a time and sums
 * written once, as memory and second-level cache are what this waits for. Written out for each
 * scheme, because the compiler keeps only local variables in registers; slots have the numbers that
 * {@link KernelTransform} gives them.
 */
final class VectorWinogradKernel {
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private static final float[][] FOUR = WinogradScheme.FOUR.kernelTransform();

  private VectorWinogradKernel() {}

  /**
   * Of {@link WinogradScheme#TWO}.
   *
   * @param from where tap 0 begins in w; the others are {@code tap} apart
   * @param at where slot 0 begins; the others are {@code slot} apart
   * @param count values of each, whole vectors
   */
  static void two(float[] w, int from, int tap, float[] to, int at, int slot, int count) {
    FloatVector half = FloatVector.broadcast(S, .5f);
    for (int i = 0; i < count; i += L) {
      int f = from + i;
      int t = at + i;
      FloatVector a0 = FloatVector.fromArray(S, w, f);
      FloatVector a1 = FloatVector.fromArray(S, w, f + tap);
      FloatVector a2 = FloatVector.fromArray(S, w, f + 2 * tap);
      FloatVector c0 = FloatVector.fromArray(S, w, f + 6 * tap);
      FloatVector c1 = FloatVector.fromArray(S, w, f + 7 * tap);
      FloatVector c2 = FloatVector.fromArray(S, w, f + 8 * tap);
      FloatVector outer = a0.add(a2).mul(half);
      FloatVector inner = a1.mul(half);
      outer.add(inner).intoArray(to, t);
      outer.sub(inner).intoArray(to, t + slot);
      outer = c0.add(c2).mul(half);
      inner = c1.mul(half);
      outer.add(inner).intoArray(to, t + 10 * slot);
      outer.sub(inner).intoArray(to, t + 11 * slot);
      FloatVector outer0 = a0.add(c0).mul(half);
      FloatVector outer1 = a1.add(c1).mul(half);
      FloatVector outer2 = a2.add(c2).mul(half);
      FloatVector inner0 = FloatVector.fromArray(S, w, f + 3 * tap).mul(half);
      FloatVector inner1 = FloatVector.fromArray(S, w, f + 4 * tap).mul(half);
      FloatVector inner2 = FloatVector.fromArray(S, w, f + 5 * tap).mul(half);
      FloatVector s0 = outer0.add(inner0);
      FloatVector s2 = outer2.add(inner2);
      s0.intoArray(to, t + 2 * slot);
      s2.intoArray(to, t + 5 * slot);
      outer = s0.add(s2).mul(half);
      inner = outer1.add(inner1).mul(half);
      outer.add(inner).intoArray(to, t + 3 * slot);
      outer.sub(inner).intoArray(to, t + 4 * slot);
      s0 = outer0.sub(inner0);
      s2 = outer2.sub(inner2);
      s0.intoArray(to, t + 6 * slot);
      s2.intoArray(to, t + 9 * slot);
      outer = s0.add(s2).mul(half);
      inner = outer1.sub(inner1).mul(half);
      outer.add(inner).intoArray(to, t + 7 * slot);
      outer.sub(inner).intoArray(to, t + 8 * slot);
    }
  }

  /** Of {@link WinogradScheme#FOUR}; arguments as of {@link #two}. */
  static void four(float[] w, int from, int tap, float[] to, int at, int slot, int count) {
    for (int i = 0; i < FOUR.length; i++) {
      fourLine(FOUR[i], w, from, tap, to, at + i * FOUR.length * slot, slot, count);
    }
  }

  private static void fourLine(
      float[] line, float[] w, int from, int tap, float[] to, int at, int slot, int count) {
    FloatVector line0 = FloatVector.broadcast(S, line[0]);
    FloatVector line1 = FloatVector.broadcast(S, line[1]);
    FloatVector line2 = FloatVector.broadcast(S, line[2]);
    FloatVector zero0 = FloatVector.broadcast(S, FOUR[0][0]);
    FloatVector p0 = FloatVector.broadcast(S, FOUR[1][0]);
    FloatVector p1 = FloatVector.broadcast(S, FOUR[1][1]);
    FloatVector p2 = FloatVector.broadcast(S, FOUR[1][2]);
    FloatVector q0 = FloatVector.broadcast(S, FOUR[3][0]);
    FloatVector q1 = FloatVector.broadcast(S, FOUR[3][1]);
    FloatVector q2 = FloatVector.broadcast(S, FOUR[3][2]);
    for (int i = 0; i < count; i += L) {
      int f = from + i;
      int t = at + i;
      FloatVector a = FloatVector.fromArray(S, w, f).mul(line0);
      FloatVector b = FloatVector.fromArray(S, w, f + tap).mul(line0);
      FloatVector c = FloatVector.fromArray(S, w, f + 2 * tap).mul(line0);
      a = FloatVector.fromArray(S, w, f + 3 * tap).fma(line1, a);
      b = FloatVector.fromArray(S, w, f + 4 * tap).fma(line1, b);
      c = FloatVector.fromArray(S, w, f + 5 * tap).fma(line1, c);
      a = FloatVector.fromArray(S, w, f + 6 * tap).fma(line2, a);
      b = FloatVector.fromArray(S, w, f + 7 * tap).fma(line2, b);
      c = FloatVector.fromArray(S, w, f + 8 * tap).fma(line2, c);
      a.mul(zero0).intoArray(to, t);
      FloatVector outer = c.fma(p2, a.mul(p0));
      FloatVector inner = b.mul(p1);
      outer.add(inner).intoArray(to, t + slot);
      outer.sub(inner).intoArray(to, t + 2 * slot);
      outer = c.fma(q2, a.mul(q0));
      inner = b.mul(q1);
      outer.add(inner).intoArray(to, t + 3 * slot);
      outer.sub(inner).intoArray(to, t + 4 * slot);
      c.intoArray(to, t + 5 * slot);
    }
  }

  /** Of {@link WinogradScheme#STRIDED}; arguments as of {@link #two}. */
  static void strided(float[] w, int from, int tap, float[] to, int at, int slot, int count) {
    for (int i = 0; i < count; i += L) {
      int f = from + i;
      int t = at + i;
      FloatVector a0 = FloatVector.fromArray(S, w, f);
      FloatVector a2 = FloatVector.fromArray(S, w, f + 2 * tap);
      FloatVector b0 = FloatVector.fromArray(S, w, f + 3 * tap);
      FloatVector b2 = FloatVector.fromArray(S, w, f + 5 * tap);
      FloatVector c0 = FloatVector.fromArray(S, w, f + 6 * tap);
      FloatVector c2 = FloatVector.fromArray(S, w, f + 8 * tap);
      a0.add(a2).intoArray(to, t);
      b0.add(b2).intoArray(to, t + slot);
      c0.add(c2).intoArray(to, t + 6 * slot);
      FloatVector s0 = a0.add(c0);
      FloatVector s2 = a2.add(c2);
      s0.intoArray(to, t + 2 * slot);
      s0.add(s2).intoArray(to, t + 4 * slot);
      s2.intoArray(to, t + 5 * slot);
      FloatVector a1 = FloatVector.fromArray(S, w, f + tap);
      FloatVector c1 = FloatVector.fromArray(S, w, f + 7 * tap);
      a1.add(c1).intoArray(to, t + 3 * slot);
    }
  }
}
