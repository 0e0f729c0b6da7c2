package org.aand.runtime.kernel;

/**
 * The transforms of F(4x4, 3x3) one channel at a time, first down the columns, then along the
 * lines.
 */
final class PlainWinograd4 implements WinogradTransform {
  private static final int SIDE = 6;
  private static final int OUTPUTS = 4;

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
    float[] between = scratch.floats(Scratch.Use.LANES, SIDE * SIDE);
    for (int c = 0; c < channels; c++) {
      for (int j = 0; j < SIDE; j++) {
        inputLine(x, offset + c + j * pixelStride, lineStride, between, j, SIDE);
      }
      for (int i = 0; i < SIDE; i++) {
        inputLine(between, i * SIDE, 1, to, at + c + i * SIDE * placeStride, placeStride);
      }
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
    float[] between = scratch.floats(Scratch.Use.LANES, SIDE * SIDE);
    for (int c = 0; c < channels; c++) {
      for (int j = 0; j < SIDE; j++) {
        outputLine(from, offset + c + j * placeStride, SIDE * placeStride, between, j, SIDE);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        outputLine(between, i * SIDE, 1, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
      }
    }
  }

  private static void inputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    float d0 = x[from];
    float d1 = x[from + step];
    float d2 = x[from + 2 * step];
    float d3 = x[from + 3 * step];
    float d4 = x[from + 4 * step];
    float d5 = x[from + 5 * step];
    to[at] = d0 * WinogradPoints.PRODUCT + d2 * WinogradPoints.SUM + d4;
    float even = d4 - d2 * WinogradPoints.Q2;
    float odd = (d3 - d1 * WinogradPoints.Q2) * WinogradPoints.P;
    to[at + stride] = even + odd;
    to[at + 2 * stride] = even - odd;
    even = d4 - d2 * WinogradPoints.P2;
    odd = (d3 - d1 * WinogradPoints.P2) * WinogradPoints.Q;
    to[at + 3 * stride] = even + odd;
    to[at + 4 * stride] = even - odd;
    to[at + 5 * stride] = d1 * WinogradPoints.PRODUCT + d3 * WinogradPoints.SUM + d5;
  }

  private static void outputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    float d0 = x[from];
    float d1 = x[from + step];
    float d2 = x[from + 2 * step];
    float d3 = x[from + 3 * step];
    float d4 = x[from + 4 * step];
    float d5 = x[from + 5 * step];
    float s1 = d1 + d2;
    float t1 = d1 - d2;
    float s2 = d3 + d4;
    float t2 = d3 - d4;
    to[at] = d0 + s1 + s2;
    to[at + stride] = t1 * WinogradPoints.P + t2 * WinogradPoints.Q;
    to[at + 2 * stride] = s1 * WinogradPoints.P2 + s2 * WinogradPoints.Q2;
    to[at + 3 * stride] = t1 * WinogradPoints.P3 + t2 * WinogradPoints.Q3 + d5;
  }
}
