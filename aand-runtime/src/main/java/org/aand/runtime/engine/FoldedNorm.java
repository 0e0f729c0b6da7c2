package org.aand.runtime.engine;

import java.util.Map;
import org.aand.network.ConvNorm;
import org.aand.network.Net;

/**
 * A batch normalisation by its running statistics as part of the convolution before it: {@code
 * kernel * gamma / sqrt(variance + epsilon)} and {@code beta - mean * gamma / sqrt(variance +
 * epsilon)}.
 */
public final class FoldedNorm {
  private FoldedNorm() {}

  /**
   * Scales the kernel in place.
   *
   * @param values of the layer's parameters by their names
   * @return the bias, {@code [out]}
   */
  public static float[] fold(ConvNorm layer, Map<String, float[]> values) {
    float[] gamma = Weights.get(values, layer.norm() + "/gamma");
    float[] beta = Weights.get(values, layer.norm() + "/beta");
    float[] mean = Weights.get(values, layer.norm() + "/moving_mean");
    float[] variance = Weights.get(values, layer.norm() + "/moving_variance");
    float[] scales = new float[layer.out()];
    float[] bias = new float[layer.out()];
    for (int c = 0; c < bias.length; c++) {
      double scale = gamma[c] / Math.sqrt(variance[c] + Net.EPSILON);
      scales[c] = (float) scale;
      bias[c] = (float) (beta[c] - mean[c] * scale);
    }
    float[] kernel = Weights.get(values, layer.conv() + "/kernel");
    // Values that lie next to each other have one output channel each, or all the same.
    int run = layer.transposed() ? layer.in() : 1;
    for (int i = 0; i < kernel.length; i += run * scales.length) {
      scale(kernel, i, scales, run);
    }
    return bias;
  }

  private static void scale(float[] kernel, int from, float[] scales, int run) {
    for (int c = 0; c < scales.length; c++) {
      for (int i = from + c * run; i < from + (c + 1) * run; i++) {
        kernel[i] *= scales[c];
      }
    }
  }
}
