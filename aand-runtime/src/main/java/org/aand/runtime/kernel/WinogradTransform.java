package org.aand.runtime.kernel;

/**
 * The transforms of a Winograd convolution F(m x m, 3 x 3) of a patch of (m + 2) x (m + 2) pixels,
 * for many channels.
 */
interface WinogradTransform {
  /**
   * From pixels to places.
   *
   * @param x pixel (i, j) begins at {@code offset + i * lineStride + j * pixelStride}
   * @param to place p receives its channels at {@code at + p * placeStride}
   */
  void input(
      float[] x,
      int offset,
      int lineStride,
      int pixelStride,
      int channels,
      float[] to,
      int at,
      int placeStride,
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
