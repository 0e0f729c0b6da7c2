package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** The kernel of a 3x3 convolution transformed by a {@link WinogradScheme} and packed by place. */
final class WinogradKernel {
  private final WinogradScheme scheme;
  private final PackedMatrix[] places;
  private final float[] bias;

  /**
   * Transforms a kernel, first down its columns, then along its lines.
   *
   * @param kernel {@code [3, 3, in, out]}
   */
  WinogradKernel(WinogradScheme scheme, int in, int out, float[] kernel, float @Nullable [] bias) {
    this.scheme = scheme;
    this.bias = bias == null ? new float[out] : bias.clone();
    places = new PackedMatrix[scheme.places()];
    for (int p = 0; p < places.length; p++) {
      places[p] = new PackedMatrix(scheme.planesOf(p) * in, out, null);
    }
    float[][] g = scheme.kernelTransform();
    float[][] taps = new float[3 * 3][out];
    float[][] columns = new float[g.length * 3][out];
    float[][] planes = new float[scheme.planes()][out];
    for (int row = 0; row < in; row++) {
      for (int t = 0; t < taps.length; t++) {
        System.arraycopy(kernel, (t * in + row) * out, taps[t], 0, out);
      }
      for (int i = 0; i < g.length; i++) {
        for (int x = 0; x < 3; x++) {
          combine(g[i], taps[x], taps[3 + x], taps[6 + x], columns[i * 3 + x]);
        }
      }
      for (int i = 0; i < g.length; i++) {
        for (int j = 0; j < g.length; j++) {
          float[] plane = planes[scheme.plane(i, j)];
          combine(g[j], columns[i * 3], columns[i * 3 + 1], columns[i * 3 + 2], plane);
        }
      }
      for (int p = 0; p < places.length; p++) {
        for (int k = 0; k < scheme.planesOf(p); k++) {
          places[p].put(k * in + row, planes[scheme.firstPlane(p) + k], 0);
        }
      }
    }
  }

  private static void combine(float[] g, float[] a, float[] b, float[] c, float[] to) {
    float g0 = g[0];
    float g1 = g[1];
    float g2 = g[2];
    for (int i = 0; i < to.length; i++) {
      to[i] = g0 * a[i] + g1 * b[i] + g2 * c[i];
    }
  }

  WinogradScheme scheme() {
    return scheme;
  }

  PackedMatrix[] places() {
    return places;
  }

  float[] bias() {
    return bias;
  }
}
