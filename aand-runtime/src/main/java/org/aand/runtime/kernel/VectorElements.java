package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Element-wise functions by the Vector API; what is left of a vector goes the plain way.
 *
 * <p>No method hands a vector to another one: each would become an object, as no method of this
 * class is made a part of another (the program's option {@code dontinline}), and what another class
 * has is not known to be worth it where loops are compiled after a few calls.
 */
final class VectorElements implements ElementKernels {
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private final PlainElements plain = new PlainElements();

  private static int whole(int count) {
    return count - count % L;
  }

  @Override
  public void add(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i)
          .add(FloatVector.fromArray(S, y, yo + i))
          .intoArray(to, at + i);
    }
    plain.add(x, xo + end, y, yo + end, to, at + end, count - end);
  }

  @Override
  public void subtract(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, y, yo + i))
          .intoArray(to, at + i);
    }
    plain.subtract(x, xo + end, y, yo + end, to, at + end, count - end);
  }

  @Override
  public void multiply(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i)
          .mul(FloatVector.fromArray(S, y, yo + i))
          .intoArray(to, at + i);
    }
    plain.multiply(x, xo + end, y, yo + end, to, at + end, count - end);
  }

  @Override
  public void scale(float[] x, int xo, float factor, float[] to, int at, int count) {
    int end = whole(count);
    FloatVector f = FloatVector.broadcast(S, factor);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i).mul(f).intoArray(to, at + i);
    }
    plain.scale(x, xo + end, factor, to, at + end, count - end);
  }

  @Override
  public void max(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i)
          .max(FloatVector.fromArray(S, y, yo + i))
          .intoArray(to, at + i);
    }
    plain.max(x, xo + end, y, yo + end, to, at + end, count - end);
  }

  @Override
  public void floor(float[] x, int xo, float floor, float[] to, int at, int count) {
    int end = whole(count);
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i).max(least).intoArray(to, at + i);
    }
    plain.floor(x, xo + end, floor, to, at + end, count - end);
  }

  @Override
  public void addFloor(
      float[] x, int xo, float[] bias, int bo, float floor, float[] to, int at, int count) {
    int end = whole(count);
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int i = 0; i < end; i += L) {
      FloatVector.fromArray(S, x, xo + i)
          .add(FloatVector.fromArray(S, bias, bo + i))
          .max(least)
          .intoArray(to, at + i);
    }
    plain.addFloor(x, xo + end, bias, bo + end, floor, to, at + end, count - end);
  }

  @Override
  public void addFloor(
      float[] x,
      int xo,
      float[] bias,
      int bo,
      float[] residual,
      int ro,
      float floor,
      float[] to,
      int at,
      int count) {
    int end = whole(count);
    FloatVector least = FloatVector.broadcast(S, floor);
    for (int i = 0; i < end; i += L) {
      FloatVector sum =
          FloatVector.fromArray(S, x, xo + i)
              .add(FloatVector.fromArray(S, bias, bo + i))
              .add(FloatVector.fromArray(S, residual, ro + i));
      sum.max(least).intoArray(to, at + i);
    }
    plain.addFloor(
        x, xo + end, bias, bo + end, residual, ro + end, floor, to, at + end, count - end);
  }

  @Override
  public void tanh(float[] x, int xo, float[] to, int at, int count) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i).max(-Tanh.LIMIT).min(Tanh.LIMIT);
      FloatVector q = v.mul(v);
      FloatVector p = q.mul(Tanh.A13).add(Tanh.A11);
      p = p.mul(q).add(Tanh.A9);
      p = p.mul(q).add(Tanh.A7);
      p = p.mul(q).add(Tanh.A5);
      p = p.mul(q).add(Tanh.A3);
      p = p.mul(q).add(Tanh.A1);
      FloatVector d = q.mul(Tanh.B6).add(Tanh.B4);
      d = d.mul(q).add(Tanh.B2);
      d = d.mul(q).add(Tanh.B0);
      v.mul(p).div(d).intoArray(to, at + i);
    }
    plain.tanh(x, xo + end, to, at + end, count - end);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] to, int at, int count) {
    scale(x, xo, 0.5f, to, at, count);
    tanh(to, at, to, at, count);
    for (int i = at; i < at + count; i++) {
      to[i] = to[i] * 0.5f + 0.5f;
    }
  }

  // Integers lane by lane: vectors that are reinterpreted are the slowest to come to their compiled
  // form.
  @Override
  public void exp(
      float[] x, int xo, float shift, float factor, float[] to, int at, int count, float[] lanes) {
    int end = whole(count);
    for (int i = 0; i < end; i += L) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i).sub(shift).mul(factor).max(Exp.LEAST);
      FloatVector shifted = v.mul(Exp.LOG2_E).add(Exp.SHIFTER);
      FloatVector n = shifted.sub(Exp.SHIFTER);
      FloatVector r = v.sub(n.mul(Exp.LN2_HIGH)).sub(n.mul(Exp.LN2_LOW));
      FloatVector p = r.mul(Exp.C6).add(Exp.C5);
      p = p.mul(r).add(Exp.C4);
      p = p.mul(r).add(Exp.C3);
      p = p.mul(r).add(Exp.C2);
      p = p.mul(r).add(1);
      p.mul(r).add(1).intoArray(to, at + i);
      shifted.intoArray(lanes, 0);
      for (int j = 0; j < L; j++) {
        to[at + i + j] = Exp.timesPower(to[at + i + j], lanes[j]);
      }
    }
    plain.exp(x, xo + end, shift, factor, to, at + end, count - end, lanes);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int count, float[] lanes) {
    int pairs = count - count % (2 * L);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    for (int i = 0; i < pairs; i += 2 * L) {
      s0 = FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), s0);
      s1 = FloatVector.fromArray(S, x, xo + i + L).fma(FloatVector.fromArray(S, y, yo + i + L), s1);
    }
    s0.add(s1).intoArray(lanes, 0);
    float sum = sum(lanes);
    for (int i = pairs; i < count; i++) {
      sum += x[xo + i] * y[yo + i];
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] x, int xo, float[] y, int yo, int count, float[] lanes) {
    int pairs = count - count % (2 * L);
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    for (int i = 0; i < pairs; i += 2 * L) {
      FloatVector d0 = FloatVector.fromArray(S, x, xo + i).sub(FloatVector.fromArray(S, y, yo + i));
      FloatVector d1 =
          FloatVector.fromArray(S, x, xo + i + L).sub(FloatVector.fromArray(S, y, yo + i + L));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    s0.add(s1).intoArray(lanes, 0);
    float sum = sum(lanes);
    for (int i = pairs; i < count; i++) {
      float d = x[xo + i] - y[yo + i];
      sum += d * d;
    }
    return sum;
  }

  /** The lanes are added one after the other: the order of reduceLanes is nowhere promised. */
  private static float sum(float[] lanes) {
    float sum = 0;
    for (int i = 0; i < L; i++) {
      sum += lanes[i];
    }
    return sum;
  }
}
