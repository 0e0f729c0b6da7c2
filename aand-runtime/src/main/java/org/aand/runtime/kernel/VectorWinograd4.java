package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(4x4, 3x3) by the Vector API, first down the columns, then along the lines.
 * Vectors never leave a method, and helpers are not used: where the compiler stops inlining, a
 * vector that passes becomes an object.
 */
final class VectorWinograd4 implements WinogradTransform {
  private static final int SIDE = 6;
  private static final int OUTPUTS = 4;
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private final WinogradTransform plain = new PlainWinograd4();

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
        inputLine(x, offset + c + j * pixelStride, lineStride, between, j * L, SIDE * L);
      }
      for (int i = 0; i < SIDE; i++) {
        inputLine(between, i * SIDE * L, L, to, at + c + i * SIDE * placeStride, placeStride);
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
        outputLine(
            from, offset + c + j * placeStride, SIDE * placeStride, between, j * L, SIDE * L);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        outputLine(between, i * SIDE * L, L, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
      }
    }
    if (end < channels) {
      plain.output(
          from, offset + end, placeStride, channels - end, to, at + end, pixelStride, scratch);
    }
  }

  private static void inputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + step);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * step);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * step);
    FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * step);
    FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * step);
    FloatVector sum = FloatVector.broadcast(S, WinogradPoints.SUM);
    FloatVector product = FloatVector.broadcast(S, WinogradPoints.PRODUCT);
    d0.fma(product, d2.fma(sum, d4)).intoArray(to, at);
    FloatVector q2 = FloatVector.broadcast(S, -WinogradPoints.Q2);
    FloatVector evenP = d2.fma(q2, d4);
    FloatVector oddP = d1.fma(q2, d3).mul(FloatVector.broadcast(S, WinogradPoints.P));
    evenP.add(oddP).intoArray(to, at + stride);
    evenP.sub(oddP).intoArray(to, at + 2 * stride);
    FloatVector p2 = FloatVector.broadcast(S, -WinogradPoints.P2);
    FloatVector evenQ = d2.fma(p2, d4);
    FloatVector oddQ = d1.fma(p2, d3).mul(FloatVector.broadcast(S, WinogradPoints.Q));
    evenQ.add(oddQ).intoArray(to, at + 3 * stride);
    evenQ.sub(oddQ).intoArray(to, at + 4 * stride);
    d1.fma(product, d3.fma(sum, d5)).intoArray(to, at + 5 * stride);
  }

  private static void outputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + step);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * step);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * step);
    FloatVector d4 = FloatVector.fromArray(S, x, from + 4 * step);
    FloatVector d5 = FloatVector.fromArray(S, x, from + 5 * step);
    FloatVector s1 = d1.add(d2);
    FloatVector s2 = d3.add(d4);
    FloatVector t1 = d1.sub(d2);
    FloatVector t2 = d3.sub(d4);
    d0.add(s1).add(s2).intoArray(to, at);
    t2.fma(
            FloatVector.broadcast(S, WinogradPoints.Q),
            t1.mul(FloatVector.broadcast(S, WinogradPoints.P)))
        .intoArray(to, at + stride);
    s2.fma(
            FloatVector.broadcast(S, WinogradPoints.Q2),
            s1.mul(FloatVector.broadcast(S, WinogradPoints.P2)))
        .intoArray(to, at + 2 * stride);
    FloatVector cubes = t1.fma(FloatVector.broadcast(S, WinogradPoints.P3), d5);
    t2.fma(FloatVector.broadcast(S, WinogradPoints.Q3), cubes).intoArray(to, at + 3 * stride);
  }
}
