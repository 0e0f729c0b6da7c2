package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The transforms of F(4x4, 3x3) by the Vector API, lines first, then columns. */
final class VectorWinograd4 implements WinogradTransform {
  private static final int SIDE = 6;
  private static final int OUTPUTS = 4;
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private final WinogradTransform plain = new PlainWinograd4();

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(S, x, at);
  }

  @Override
  public void input(
      float[] x,
      int offset,
      int lineStride,
      int pixelStride,
      int channels,
      float[] to,
      int at,
      int placeStride,
      Scratch scratch) {
    float[] between = scratch.floats(Scratch.Use.LANES, SIDE * SIDE * L);
    int end = channels - channels % L;
    for (int c = 0; c < end; c += L) {
      for (int j = 0; j < SIDE; j++) {
        int first = offset + c + j * pixelStride;
        FloatVector d0 = load(x, first);
        FloatVector d1 = load(x, first + lineStride);
        FloatVector d2 = load(x, first + 2 * lineStride);
        FloatVector d3 = load(x, first + 3 * lineStride);
        FloatVector d4 = load(x, first + 4 * lineStride);
        FloatVector d5 = load(x, first + 5 * lineStride);
        inputLine(d0, d1, d2, d3, d4, d5, between, j * L, SIDE * L);
      }
      for (int i = 0; i < SIDE; i++) {
        int first = i * SIDE * L;
        FloatVector d0 = load(between, first);
        FloatVector d1 = load(between, first + L);
        FloatVector d2 = load(between, first + 2 * L);
        FloatVector d3 = load(between, first + 3 * L);
        FloatVector d4 = load(between, first + 4 * L);
        FloatVector d5 = load(between, first + 5 * L);
        inputLine(d0, d1, d2, d3, d4, d5, to, at + c + i * SIDE * placeStride, placeStride);
      }
    }
    if (end < channels) {
      plain.input(
          x,
          offset + end,
          lineStride,
          pixelStride,
          channels - end,
          to,
          at + end,
          placeStride,
          scratch);
    }
  }

  @Override
  public void output(
      float[] from,
      int offset,
      int placeStride,
      int channels,
      float[] to,
      int at,
      int pixelStride,
      Scratch scratch) {
    float[] between = scratch.floats(Scratch.Use.LANES, SIDE * SIDE * L);
    int end = channels - channels % L;
    for (int c = 0; c < end; c += L) {
      for (int j = 0; j < SIDE; j++) {
        int first = offset + c + j * placeStride;
        FloatVector d0 = load(from, first);
        FloatVector d1 = load(from, first + SIDE * placeStride);
        FloatVector d2 = load(from, first + 2 * SIDE * placeStride);
        FloatVector d3 = load(from, first + 3 * SIDE * placeStride);
        FloatVector d4 = load(from, first + 4 * SIDE * placeStride);
        FloatVector d5 = load(from, first + 5 * SIDE * placeStride);
        outputLine(d0, d1, d2, d3, d4, d5, between, j * L, SIDE * L);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        int first = i * SIDE * L;
        FloatVector d0 = load(between, first);
        FloatVector d1 = load(between, first + L);
        FloatVector d2 = load(between, first + 2 * L);
        FloatVector d3 = load(between, first + 3 * L);
        FloatVector d4 = load(between, first + 4 * L);
        FloatVector d5 = load(between, first + 5 * L);
        outputLine(d0, d1, d2, d3, d4, d5, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
      }
    }
    if (end < channels) {
      plain.output(
          from, offset + end, placeStride, channels - end, to, at + end, pixelStride, scratch);
    }
  }

  private static void inputLine(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      FloatVector d4,
      FloatVector d5,
      float[] to,
      int at,
      int stride) {
    FloatVector sum = FloatVector.broadcast(S, WinogradPoints.SUM);
    FloatVector product = FloatVector.broadcast(S, WinogradPoints.PRODUCT);
    FloatVector p2 = FloatVector.broadcast(S, -WinogradPoints.P2);
    FloatVector q2 = FloatVector.broadcast(S, -WinogradPoints.Q2);
    d0.fma(product, d2.fma(sum, d4)).intoArray(to, at);
    FloatVector even = d2.fma(q2, d4);
    FloatVector odd = d1.fma(q2, d3).mul(WinogradPoints.P);
    even.add(odd).intoArray(to, at + stride);
    even.sub(odd).intoArray(to, at + 2 * stride);
    even = d2.fma(p2, d4);
    odd = d1.fma(p2, d3).mul(WinogradPoints.Q);
    even.add(odd).intoArray(to, at + 3 * stride);
    even.sub(odd).intoArray(to, at + 4 * stride);
    d1.fma(product, d3.fma(sum, d5)).intoArray(to, at + 5 * stride);
  }

  private static void outputLine(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      FloatVector d4,
      FloatVector d5,
      float[] to,
      int at,
      int stride) {
    FloatVector s1 = d1.add(d2);
    FloatVector t1 = d1.sub(d2);
    FloatVector s2 = d3.add(d4);
    FloatVector t2 = d3.sub(d4);
    d0.add(s1).add(s2).intoArray(to, at);
    t1.mul(WinogradPoints.P).add(t2.mul(WinogradPoints.Q)).intoArray(to, at + stride);
    s1.mul(WinogradPoints.P2).add(s2.mul(WinogradPoints.Q2)).intoArray(to, at + 2 * stride);
    t1.mul(WinogradPoints.P3).add(t2.mul(WinogradPoints.Q3)).add(d5).intoArray(to, at + 3 * stride);
  }
}
