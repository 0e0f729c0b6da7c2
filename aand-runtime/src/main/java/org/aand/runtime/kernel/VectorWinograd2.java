package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of F(2x2, 3x3) by the Vector API, first down the columns, then along the lines.
 * Vectors never leave a method, and helpers are not used: where the compiler stops inlining, a
 * vector that passes becomes an object.
 */
final class VectorWinograd2 implements WinogradTransform {
  private static final int SIDE = 4;
  private static final int OUTPUTS = 2;
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private final WinogradTransform plain = new PlainWinograd2();

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
    d0.sub(d2).intoArray(to, at);
    d1.add(d2).intoArray(to, at + stride);
    d2.sub(d1).intoArray(to, at + 2 * stride);
    d1.sub(d3).intoArray(to, at + 3 * stride);
  }

  private static void outputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    FloatVector d0 = FloatVector.fromArray(S, x, from);
    FloatVector d1 = FloatVector.fromArray(S, x, from + step);
    FloatVector d2 = FloatVector.fromArray(S, x, from + 2 * step);
    FloatVector d3 = FloatVector.fromArray(S, x, from + 3 * step);
    d0.add(d1).add(d2).intoArray(to, at);
    d1.sub(d2).sub(d3).intoArray(to, at + stride);
  }
}
