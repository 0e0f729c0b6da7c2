package org.aand.network.student;

import java.util.ArrayList;
import java.util.List;
import org.aand.nn.Activation;
import org.aand.nn.Convolution;
import org.aand.nn.Elementwise;
import org.aand.nn.Initializer;
import org.aand.nn.InstanceNormalization;
import org.aand.nn.NetGraph;
import org.aand.nn.ParameterSpec;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * RD++'s projection layer of one level, between teacher and bottleneck: four 3x3 convolutions of
 * widths C/2, C/4, C/2, C, each followed by instance normalisation and a leaky ReLU.
 *
 * <ul>
 *   <li>x and output: {@code [N, H, W, C]}
 * </ul>
 *
 * <p>Only its form in use is offered; RD++'s training losses (self-supervised optimal transport,
 * reconstruction, contrast) are not part of this program.
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
  private static final double EPSILON = 1e-5;
  private static final double SLOPE = 0.01;

  private record Layer(String name, int in, int out) {}

  private List<Layer> layers() {
    int[] widths = {channels, channels / 2, channels / 4, channels / 2, channels};
    var layers = new ArrayList<Layer>();
    for (int i = 1; i < widths.length; i++) {
      layers.add(new Layer("projection_" + level + i, widths[i - 1], widths[i]));
    }
    return layers;
  }

  List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    for (var layer : layers()) {
      var initializer = new Initializer.Uniform(1 / Math.sqrt(9.0 * layer.in()));
      all.add(
          new ParameterSpec(
              layer.name() + "/kernel",
              List.of(3L, 3L, (long) layer.in(), (long) layer.out()),
              initializer,
              true));
      all.add(
          new ParameterSpec(
              layer.name() + "/bias", List.of((long) layer.out()), initializer, true));
    }
    return all;
  }

  SDVariable build(NetGraph net, SDVariable x) {
    var y = x;
    for (var layer : layers()) {
      y =
          Convolution.of(
              y,
              net.parameter(layer.name() + "/kernel"),
              net.parameter(layer.name() + "/bias"),
              1,
              Activation.NONE);
      y = Elementwise.leakyRelu(InstanceNormalization.of(y, EPSILON), SLOPE);
    }
    return y;
  }
}
