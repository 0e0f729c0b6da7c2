package org.aand.runtime.kernel;

/** The transforms of a {@link WinogradScheme} for many channels. */
interface WinogradTransform {
  /** The transforms of a scheme. */
  static WinogradTransform of(WinogradScheme scheme) {
    Arithmetic arithmetic = Provider.arithmetic();
    return scheme == WinogradScheme.STRIDED
        ? new StridedTransform(scheme, arithmetic.elements())
        : arithmetic.transform(scheme.outputs());
  }

  /**
   * From pixels to planes.
   *
   * @param x pixel (i, j) begins at {@code offset + i * lineStride + j * pixelStride}
   * @param to plane p receives its channels at {@code at + p * planeStride}
   */
  void input(
      float[] x,
      int offset,
      int lineStride,
      int pixelStride,
      int channels,
      float[] to,
      int at,
      int planeStride,
      Scratch scratch);

  /**
   * From places to m x m pixels.
   *
   * @param from place p begins at {@code offset + p * placeStride}
   * @param to pixel (i, j) receives its channels at {@code at + (i * m + j) * pixelStride}
   * @param pixelStride the distance of pixels in {@code to}
   */
  void output(
      float[] from,
      int offset,
      int placeStride,
      int channels,
      float[] to,
      int at,
      int pixelStride,
      Scratch scratch);
}
