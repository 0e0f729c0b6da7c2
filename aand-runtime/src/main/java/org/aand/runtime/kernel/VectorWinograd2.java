package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The transforms of F(2x2, 3x3) by the Vector API, lines first, then columns. */
final class VectorWinograd2 implements WinogradTransform {
  private static final int SIDE = 4;
  private static final int OUTPUTS = 2;
  private static final VectorSpecies<Float> S = VectorLanes.SPECIES;
  private static final int L = VectorLanes.LENGTH;
  private final WinogradTransform plain = new PlainWinograd2();

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
        inputLine(d0, d1, d2, d3, between, j * L, SIDE * L);
      }
      for (int i = 0; i < SIDE; i++) {
        int first = i * SIDE * L;
        FloatVector d0 = load(between, first);
        FloatVector d1 = load(between, first + L);
        FloatVector d2 = load(between, first + 2 * L);
        FloatVector d3 = load(between, first + 3 * L);
        inputLine(d0, d1, d2, d3, to, at + c + i * SIDE * placeStride, placeStride);
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
        outputLine(d0, d1, d2, d3, between, j * L, SIDE * L);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        int first = i * SIDE * L;
        FloatVector d0 = load(between, first);
        FloatVector d1 = load(between, first + L);
        FloatVector d2 = load(between, first + 2 * L);
        FloatVector d3 = load(between, first + 3 * L);
        outputLine(d0, d1, d2, d3, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
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
      float[] to,
      int at,
      int stride) {
    d0.sub(d2).intoArray(to, at);
    d1.add(d2).intoArray(to, at + stride);
    d2.sub(d1).intoArray(to, at + 2 * stride);
    d1.sub(d3).intoArray(to, at + 3 * stride);
  }

  private static void outputLine(
      FloatVector d0,
      FloatVector d1,
      FloatVector d2,
      FloatVector d3,
      float[] to,
      int at,
      int stride) {
    d0.add(d1).add(d2).intoArray(to, at);
    d1.sub(d2).sub(d3).intoArray(to, at + stride);
  }
}
