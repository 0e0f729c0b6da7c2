package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** The kernel of a 3x3 convolution transformed by a {@link WinogradScheme} and packed by plane. */
final class WinogradKernel {
  // Transformed at a time, so that what lies between stays in the cache.
  private static final int VALUES = 1 << 12;

  private final WinogradScheme scheme;
  private final PackedMatrix[] planes;
  private final float[] bias;

  /**
   * Transforms a kernel, first down its columns, then along its lines.
   *
   * @param kernel {@code [3, 3, in, out]}
   */
  WinogradKernel(WinogradScheme scheme, int in, int out, float[] kernel, float @Nullable [] bias) {
    this.scheme = scheme;
    this.bias = bias == null ? new float[out] : bias.clone();
    var packers = new MatrixPacker[scheme.planes()];
    for (int p = 0; p < packers.length; p++) {
      packers[p] = new MatrixPacker(in, out);
    }
    int most = Math.max(1, Math.min(in, VALUES / out));
    float[][] taps = new float[3 * 3][most * out];
    float[][] columns = new float[scheme.side() * 3][most * out];
    float[] plane = new float[most * out];
    for (int row = 0; row < in; row += most) {
      int rows = Math.min(most, in - row);
      for (int t = 0; t < taps.length; t++) {
        System.arraycopy(kernel, (t * in + row) * out, taps[t], 0, rows * out);
      }
      transform(taps, columns);
      for (int p = 0; p < packers.length; p++) {
        along(p, columns, plane);
        packers[p].putRows(row, rows, plane, 0);
      }
    }
    planes = new PackedMatrix[packers.length];
    for (int p = 0; p < planes.length; p++) {
      planes[p] = packers[p].finish(null);
    }
  }

  // In plain Java, as vectors are not compiled yet when a model is loaded.
  private void transform(float[][] taps, float[][] columns) {
    float[][] g = scheme.kernelTransform();
    for (int i = 0; i < g.length; i++) {
      for (int x = 0; x < 3; x++) {
        combineRow(g[i], taps[x], taps[3 + x], taps[6 + x], columns[i * 3 + x]);
      }
    }
  }

  private void along(int plane, float[][] columns, float[] to) {
    float[] g = scheme.kernelTransform()[scheme.columnOf(plane)];
    int i = 3 * scheme.lineOf(plane);
    combineRow(g, columns[i], columns[i + 1], columns[i + 2], to);
  }

  /** The sum of three rows, each times a factor. */
  private static void combineRow(float[] factors, float[] a, float[] b, float[] c, float[] to) {
    float f0 = factors[0];
    float f1 = factors[1];
    float f2 = factors[2];
    for (int i = 0; i < a.length; i++) {
      to[i] = f0 * a[i] + f1 * b[i] + f2 * c[i];
    }
  }

  WinogradScheme scheme() {
    return scheme;
  }

  PackedMatrix[] planes() {
    return planes;
  }

  float[] bias() {
    return bias;
  }
}
