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
  private final float[] scales;
  private final float[] bias;

  private FoldedNorm(float[] scales, float[] bias) {
    this.scales = scales;
    this.bias = bias;
  }

  /**
   * The normalisation of a layer.
   *
   * @param values of the layer's parameters by their names; the kernel is not needed
   */
  static FoldedNorm of(ConvNorm layer, Map<String, float[]> values) {
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
    return new FoldedNorm(scales, bias);
  }

  /** What the kernel is multiplied by, {@code [out]}. */
  float[] scales() {
    return scales;
  }

  /** The bias of the convolution, {@code [out]}. */
  float[] bias() {
    return bias;
  }

  /**
   * Scales the kernel in place.
   *
   * @param values of the layer's parameters by their names
   * @return the bias, {@code [out]}
   */
  public static float[] fold(ConvNorm layer, Map<String, float[]> values) {
    var norm = of(layer, values);
    float[] kernel = Weights.get(values, layer.conv() + "/kernel");
    int length = layer.kernelLength();
    if (layer.transposed()) {
      scaleRuns(kernel, length, norm.scales, layer.in());
    } else {
      scaleColumns(kernel, length, norm.scales);
    }
    return norm.bias;
  }

  // Loops that the compiler vectorises by itself: kernels of the Vector API are not compiled yet
  // when a model is loaded.

  /** Values that lie next to each other have one output channel each. */
  static void scaleColumns(float[] kernel, int length, float[] scales) {
    for (int i = 0; i < length; i += scales.length) {
      for (int c = 0; c < scales.length; c++) {
        kernel[i + c] *= scales[c];
      }
    }
  }

  /** So many values that lie next to each other have the same output channel. */
  private static void scaleRuns(float[] kernel, int length, float[] scales, int run) {
    for (int i = 0, c = 0; i < length; i += run, c = (c + 1) % scales.length) {
      float scale = scales[c];
      for (int k = i; k < i + run; k++) {
        kernel[k] *= scale;
      }
    }
  }
}
