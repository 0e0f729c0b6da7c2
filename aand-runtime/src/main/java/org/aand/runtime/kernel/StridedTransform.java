package org.aand.runtime.kernel;

/** The transforms of {@link WinogradScheme#STRIDED}, channels of a pixel at a time. */
final class StridedTransform implements WinogradTransform {
  private static final int SIDE = 5;
  private static final int PLACES = 3;
  private static final int OUTPUTS = 2;
  private final WinogradScheme scheme;
  private final ElementKernels elements;

  StridedTransform(WinogradScheme scheme, ElementKernels elements) {
    this.scheme = scheme;
    this.elements = elements;
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
      int planeStride,
      Scratch scratch) {
    float[] lines = scratch.floats(Scratch.Use.LANES, 2 * SIDE * channels);
    for (int j = 0; j < SIDE; j++) {
      int top = offset + j * pixelStride;
      int middle = top + 2 * lineStride;
      int bottom = top + 4 * lineStride;
      elements.subtract(x, top, x, middle, lines, j * channels, channels);
      elements.subtract(x, bottom, x, middle, lines, (SIDE + j) * channels, channels);
    }
    line(lines, 0, channels, channels, to, at, planeStride, 0);
    line(x, offset + lineStride, pixelStride, channels, to, at, planeStride, 1);
    line(x, offset + 2 * lineStride, pixelStride, channels, to, at, planeStride, 2);
    line(lines, SIDE * channels, channels, channels, to, at, planeStride, 3);
    line(x, offset + 3 * lineStride, pixelStride, channels, to, at, planeStride, 4);
  }

  private void line(
      float[] x, int from, int step, int channels, float[] to, int at, int planeStride, int i) {
    int first = at + scheme.plane(i, 0) * planeStride;
    int last = at + scheme.plane(i, 3) * planeStride;
    elements.subtract(x, from, x, from + 2 * step, to, first, channels);
    System.arraycopy(x, from + step, to, at + scheme.plane(i, 1) * planeStride, channels);
    System.arraycopy(x, from + 2 * step, to, at + scheme.plane(i, 2) * planeStride, channels);
    elements.subtract(x, from + 4 * step, x, from + 2 * step, to, last, channels);
    System.arraycopy(x, from + 3 * step, to, at + scheme.plane(i, 4) * planeStride, channels);
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
    float[] columns = scratch.floats(Scratch.Use.LANES, PLACES * channels);
    for (int i = 0; i < OUTPUTS; i++) {
      for (int j = 0; j < PLACES; j++) {
        int upper = offset + (i * PLACES + j) * placeStride;
        int lower = upper + PLACES * placeStride;
        elements.add(from, upper, from, lower, columns, j * channels, channels);
      }
      for (int j = 0; j < OUTPUTS; j++) {
        int pixel = at + (i * OUTPUTS + j) * pixelStride;
        int left = j * channels;
        elements.add(columns, left, columns, left + channels, to, pixel, channels);
      }
    }
  }
}
