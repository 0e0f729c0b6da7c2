package org.aand.weights.convert;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightTensor;

/**
 * A parameter of a backbone and the tensor of torchvision's network that it comes from.
 *
 * <p>Torchvision and timm name the layers {@code conv1}, {@code bn1}, {@code layer1.0.conv1}, ...,
 * the shortcut {@code layer2.0.downsample.0} and {@code .1}, and lay kernels out as {@code [out,
 * in, kH, kW]}.
 *
 * @param torch the tensor's name, such as {@code layer1.0.bn1.running_mean}
 * @param parameter the parameter of the backbone
 */
record TensorMapping(String torch, ParameterSpec parameter) {
  private static final Pattern STEM = Pattern.compile("conv1_(conv|bn)");
  private static final Pattern BLOCK = Pattern.compile("conv(\\d)_block(\\d+)_(\\d)_(conv|bn)");

  /** Of every parameter of a backbone, in its order. */
  static List<TensorMapping> of(Backbone backbone) {
    return backbone.parameters().stream()
        .map(parameter -> new TensorMapping(torchName(parameter.name()), parameter))
        .toList();
  }

  private static String torchName(String name) {
    int slash = name.indexOf('/');
    return torchLayer(name.substring(0, slash)) + "." + torchVariable(name.substring(slash + 1));
  }

  private static String torchLayer(String layer) {
    var stem = STEM.matcher(layer);
    if (stem.matches()) {
      return stem.group(1) + "1";
    }
    var block = BLOCK.matcher(layer);
    if (!block.matches()) {
      throw new IllegalArgumentException("no layer of a residual network: " + layer);
    }
    return "layer" + (number(block, 1) - 1) + "." + (number(block, 2) - 1) + "." + inBlock(block);
  }

  private static String inBlock(Matcher block) {
    boolean norm = block.group(4).equals("bn");
    return number(block, 3) == 0 ? "downsample." + (norm ? 1 : 0) : block.group(4) + block.group(3);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static String torchVariable(String variable) {
    return switch (variable) {
      case "kernel", "gamma" -> "weight";
      case "beta" -> "bias";
      case "moving_mean" -> "running_mean";
      case "moving_variance" -> "running_var";
      default -> throw new IllegalArgumentException("no variable of a layer: " + variable);
    };
  }

  /** The tensor's shape: a kernel's is {@code [out, in, kH, kW]}. */
  List<Long> torchShape() {
    var shape = parameter.shape();
    return shape.size() == 4
        ? List.of(shape.get(3), shape.get(2), shape.get(0), shape.get(1))
        : shape;
  }

  /**
   * The tensor as Keras has it.
   *
   * @param values row by row in {@link #torchShape}
   */
  WeightTensor tensor(float[] values) {
    int slash = parameter.name().indexOf('/');
    int[] shape = parameter.shape().stream().mapToInt(Math::toIntExact).toArray();
    return new WeightTensor(
        parameter.name().substring(0, slash),
        parameter.name().substring(slash + 1),
        shape,
        shape.length == 4 ? channelsLast(values, shape) : values);
  }

  private static float[] channelsLast(float[] values, int[] shape) {
    int area = shape[0] * shape[1];
    int in = shape[2];
    int out = shape[3];
    float[] transposed = new float[values.length];
    int from = 0;
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int at = 0; at < area; at++) {
          transposed[(at * in + i) * out + o] = values[from++];
        }
      }
    }
    return transposed;
  }
}
