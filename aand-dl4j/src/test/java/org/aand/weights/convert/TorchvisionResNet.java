package org.aand.weights.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.aand.network.teacher.Backbone;
import org.aand.weights.torch.CheckpointWriter;
import org.aand.weights.torch.ElementType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network as torchvision's code builds it: its tensors' names, shapes and order. */
final class TorchvisionResNet {
  private static final Pattern BLOCK =
      Pattern.compile("layer(\\d)\\.(\\d+)\\.(conv|bn|downsample\\.)(\\d)\\.(\\w+)");

  /** A tensor in torchvision's layout. */
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  record Tensor(String name, long[] shape, float[] values) {}

  final List<Tensor> tensors = new ArrayList<>();
  private final SplittableRandom random;

  private TorchvisionResNet(long seed) {
    random = new SplittableRandom(seed);
  }

  /** With random weights; layer4 and fc are there in token sizes. */
  static TorchvisionResNet random(Backbone backbone, long seed) {
    var net = new TorchvisionResNet(seed);
    net.conv("conv1", 64, 3, 7);
    net.norm("bn1", 64);
    int in = 64;
    for (int stage = 1; stage <= 3; stage++) {
      for (int b = 0; b < backbone.blocks().get(stage - 1); b++) {
        in = net.block("layer" + stage + "." + b + ".", backbone, in, stage, b);
      }
    }
    net.conv("layer4.0.conv1", 2, 2, 3);
    net.norm("layer4.0.bn1", 2);
    net.add("fc.weight", 10, 2);
    net.add("fc.bias", 10);
    return net;
  }

  private int block(String prefix, Backbone backbone, int in, int stage, int index) {
    int planes = 32 << stage;
    int out = planes * (backbone.bottleneckBlocks() ? 4 : 1);
    if (backbone.bottleneckBlocks()) {
      int width = planes * backbone.widthPerGroup() / 64;
      pair(prefix, 1, width, in, 1);
      pair(prefix, 2, width, width, 3);
      pair(prefix, 3, out, width, 1);
    } else {
      pair(prefix, 1, planes, in, 3);
      pair(prefix, 2, planes, planes, 3);
    }
    if (index == 0 && (stage > 1 || in != out)) {
      conv(prefix + "downsample.0", out, in, 1);
      norm(prefix + "downsample.1", out);
    }
    return out;
  }

  private void pair(String prefix, int index, int out, int in, int kernel) {
    conv(prefix + "conv" + index, out, in, kernel);
    norm(prefix + "bn" + index, out);
  }

  private void conv(String name, long out, long in, long kernel) {
    add(name + ".weight", out, in, kernel, kernel);
  }

  private void norm(String name, long channels) {
    for (var variable : List.of("weight", "bias", "running_mean", "running_var")) {
      add(name + "." + variable, channels);
    }
  }

  private void add(String name, long... shape) {
    int length = 1;
    for (long size : shape) {
      length *= (int) size;
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble();
    }
    tensors.add(new Tensor(name, shape, values));
  }

  Tensor find(String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  TorchvisionResNet without(String name) {
    tensors.remove(find(name));
    return this;
  }

  TorchvisionResNet with(String name, long[] shape, float... values) {
    tensors.add(new Tensor(name, shape, values));
    return this;
  }

  /** A writer with these tensors and, as torchvision has them since 0.4, the batch counters. */
  CheckpointWriter writer() {
    var writer = new CheckpointWriter();
    for (var tensor : tensors) {
      writer.tensor(tensor.name(), tensor.values(), tensor.shape());
      if (tensor.name().endsWith("running_var")) {
        writer.tensor(
            tensor.name().replace("running_var", "num_batches_tracked"),
            ElementType.INT64,
            new byte[] {1, 2, 3, 4, 5, 0, 0, 0});
      }
    }
    return writer;
  }

  /** What belongs to a backbone, by Keras' {@code layer/variable}. */
  Map<String, Tensor> byKerasName() {
    var byName = new LinkedHashMap<String, Tensor>();
    for (var tensor : tensors) {
      if (!tensor.name().startsWith("layer4") && !tensor.name().startsWith("fc")) {
        byName.put(kerasName(tensor.name()), tensor);
      }
    }
    return byName;
  }

  private static String kerasName(String torch) {
    if (!torch.startsWith("layer")) {
      return torch.startsWith("conv1.")
          ? "conv1_conv/kernel"
          : "conv1_bn/" + variable(torch.substring(4));
    }
    var m = BLOCK.matcher(torch);
    if (!m.matches()) {
      throw new IllegalArgumentException(torch);
    }
    var block = "conv" + (Integer.parseInt(m.group(1)) + 1);
    block += "_block" + (Integer.parseInt(m.group(2)) + 1) + "_";
    return switch (m.group(3)) {
      case "conv" -> block + m.group(4) + "_conv/kernel";
      case "bn" -> block + m.group(4) + "_bn/" + variable(m.group(5));
      default ->
          m.group(4).equals("0") ? block + "0_conv/kernel" : block + "0_bn/" + variable(m.group(5));
    };
  }

  private static String variable(String torch) {
    return switch (torch) {
      case "weight" -> "gamma";
      case "bias" -> "beta";
      case "running_mean" -> "moving_mean";
      case "running_var" -> "moving_variance";
      default -> throw new IllegalArgumentException(torch);
    };
  }

  /** A network of these parameters, in Keras' names and layout. */
  static TorchvisionResNet of(Backbone backbone, Map<String, INDArray> parameters) {
    var net = random(backbone, 0);
    net.byKerasName()
        .forEach(
            (name, tensor) -> {
              var array = parameters.get(name);
              if (array == null) {
                throw new IllegalArgumentException(name);
              }
              var torch = tensor.shape().length == 4 ? array.permute(3, 2, 0, 1) : array;
              float[] values = torch.dup('c').data().asFloat();
              System.arraycopy(values, 0, tensor.values(), 0, values.length);
            });
    return net;
  }
}
