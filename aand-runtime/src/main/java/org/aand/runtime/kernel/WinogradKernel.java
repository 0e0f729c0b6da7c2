package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/** The kernel of a 3x3 convolution transformed for F(m x m, 3 x 3) and packed, place by place. */
final class WinogradKernel {
  private final int outputs;
  private final PackedMatrix[] places;
  private final float[] bias;

  /**
   * Transforms in double precision.
   *
   * @param outputs m, 2 or 4
   * @param kernel {@code [3, 3, in, out]}
   */
  WinogradKernel(int outputs, int in, int out, float[] kernel, float @Nullable [] bias) {
    this.outputs = outputs;
    this.bias = bias == null ? new float[out] : bias.clone();
    double[][] g = WinogradPoints.kernelTransform(outputs);
    int side = outputs + 2;
    places = new PackedMatrix[side * side];
    float[] place = new float[in * out];
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        for (int e = 0; e < place.length; e++) {
          double sum = 0;
          for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 3; x++) {
              sum += g[i][y] * g[j][x] * kernel[(y * 3 + x) * place.length + e];
            }
          }
          place[e] = (float) sum;
        }
        places[i * side + j] = PackedMatrix.of(place, 0, in, out, null);
      }
    }
  }

  /** m: pixels of a side that one patch yields. */
  int outputs() {
    return outputs;
  }

  PackedMatrix[] places() {
    return places;
  }

  float[] bias() {
    return bias;
  }
}
