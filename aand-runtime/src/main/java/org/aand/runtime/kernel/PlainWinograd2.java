package org.aand.runtime.kernel;

/**
 * The transforms of F(2x2, 3x3) one channel at a time, first down the columns, then along the
 * lines.
 */
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
    to[at] = d0 - d2;
    to[at + stride] = d1 + d2;
    to[at + 2 * stride] = d2 - d1;
    to[at + 3 * stride] = d1 - d3;
  }

  private static void outputLine(float[] x, int from, int step, float[] to, int at, int stride) {
    float d0 = x[from];
    float d1 = x[from + step];
    float d2 = x[from + 2 * step];
    float d3 = x[from + 3 * step];
    to[at] = d0 + d1 + d2;
    to[at + stride] = d1 - d2 - d3;
  }
}
