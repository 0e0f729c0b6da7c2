package org.aand.network.student;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;

/**
 * RD++'s projection layer of one level, between teacher and bottleneck: four 3x3 convolutions of
 * widths C/2, C/4, C/2, C, each followed by instance normalisation and a leaky ReLU.
 *
 * <ul>
 *   <li>x and output: {@code [N, H, W, C]}
 * </ul>
 *
 * <p>It is trained to map an image's features and those of the same image with noise to the same,
 * so that the bottleneck gets what is normal of an anomalous image.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. D. Tien et al. Revisiting reverse distillation for anomaly detection. CVPR 2023.
 * </ol>
 *
 * @param level a, b or c
 * @param channels C
 */
record Projection(String level, int channels) {
  /** What the names of its layers begin with. */
  static final String PREFIX = "projection_";

  private static final double SLOPE = 0.01;

  private List<ConvLayer> layers() {
    int[] widths = {channels, channels / 2, channels / 4, channels / 2, channels};
    var layers = new ArrayList<ConvLayer>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(new ConvLayer(PREFIX + level + i, widths[i - 1], widths[i], 3, true));
    }
    return layers;
  }

  List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    for (var layer : layers()) {
      var initializer = new Initializer.Uniform(1 / Math.sqrt(9.0 * layer.in()));
      all.add(
          new ParameterSpec(
              layer.kernelName(),
              List.of(3L, 3L, (long) layer.in(), (long) layer.out()),
              initializer,
              true));
      all.add(new ParameterSpec(layer.biasName(), List.of((long) layer.out()), initializer, true));
    }
    return all;
  }

  <T> T build(Net<T> net, T x) {
    var y = x;
    for (var layer : layers()) {
      y = net.convolution(y, layer, Activation.NONE);
      y = net.leakyRelu(net.instanceNormalization(y, Net.EPSILON), SLOPE);
    }
    return y;
  }
}
