package org.aand.runtime.kernel;

/** The transforms of F(4x4, 3x3) one channel at a time, lines first, then columns. */
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
        int first = offset + c + j * pixelStride;
        float d0 = x[first];
        float d1 = x[first + lineStride];
        float d2 = x[first + 2 * lineStride];
        float d3 = x[first + 3 * lineStride];
        float d4 = x[first + 4 * lineStride];
        float d5 = x[first + 5 * lineStride];
        inputLine(d0, d1, d2, d3, d4, d5, between, j, SIDE);
      }
      for (int i = 0; i < SIDE; i++) {
        int first = i * SIDE;
        float d0 = between[first];
        float d1 = between[first + 1];
        float d2 = between[first + 2];
        float d3 = between[first + 3];
        float d4 = between[first + 4];
        float d5 = between[first + 5];
        inputLine(d0, d1, d2, d3, d4, d5, to, at + c + i * SIDE * placeStride, placeStride);
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
        int first = offset + c + j * placeStride;
        float d0 = from[first];
        float d1 = from[first + SIDE * placeStride];
        float d2 = from[first + 2 * SIDE * placeStride];
        float d3 = from[first + 3 * SIDE * placeStride];
        float d4 = from[first + 4 * SIDE * placeStride];
        float d5 = from[first + 5 * SIDE * placeStride];
        outputLine(d0, d1, d2, d3, d4, d5, between, j, SIDE);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        int first = i * SIDE;
        float d0 = between[first];
        float d1 = between[first + 1];
        float d2 = between[first + 2];
        float d3 = between[first + 3];
        float d4 = between[first + 4];
        float d5 = between[first + 5];
        outputLine(d0, d1, d2, d3, d4, d5, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
      }
    }
  }

  private static void inputLine(
      float d0, float d1, float d2, float d3, float d4, float d5, float[] to, int at, int stride) {
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

  private static void outputLine(
      float d0, float d1, float d2, float d3, float d4, float d5, float[] to, int at, int stride) {
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
