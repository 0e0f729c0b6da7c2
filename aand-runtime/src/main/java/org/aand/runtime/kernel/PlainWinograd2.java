package org.aand.runtime.kernel;

/** The transforms of F(2x2, 3x3) one channel at a time, lines first, then columns. */
final class PlainWinograd2 implements WinogradTransform {
  private static final int SIDE = 4;
  private static final int OUTPUTS = 2;

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
        inputLine(d0, d1, d2, d3, between, j, SIDE);
      }
      for (int i = 0; i < SIDE; i++) {
        int first = i * SIDE;
        float d0 = between[first];
        float d1 = between[first + 1];
        float d2 = between[first + 2];
        float d3 = between[first + 3];
        inputLine(d0, d1, d2, d3, to, at + c + i * SIDE * placeStride, placeStride);
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
        outputLine(d0, d1, d2, d3, between, j, SIDE);
      }
      for (int i = 0; i < OUTPUTS; i++) {
        int first = i * SIDE;
        float d0 = between[first];
        float d1 = between[first + 1];
        float d2 = between[first + 2];
        float d3 = between[first + 3];
        outputLine(d0, d1, d2, d3, to, at + c + i * OUTPUTS * pixelStride, pixelStride);
      }
    }
  }

  private static void inputLine(
      float d0, float d1, float d2, float d3, float[] to, int at, int stride) {
    to[at] = d0 - d2;
    to[at + stride] = d1 + d2;
    to[at + 2 * stride] = d2 - d1;
    to[at + 3 * stride] = d1 - d3;
  }

  private static void outputLine(
      float d0, float d1, float d2, float d3, float[] to, int at, int stride) {
    to[at] = d0 + d1 + d2;
    to[at + stride] = d1 - d2 - d3;
  }
}
