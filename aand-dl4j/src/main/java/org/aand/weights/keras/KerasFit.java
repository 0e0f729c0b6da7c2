package org.aand.weights.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightsFit;

/** Compares the weights of a Keras file with what a backbone needs. */
public final class KerasFit {
  /** What a full residual network has behind its third stage. */
  private static final Pattern BEYOND_STAGE_3 =
      Pattern.compile("conv5_.*|avg_pool.*|fc\\d*|predictions|probs|logits");

  private static final Pattern NAMED_BY_CLASS = Pattern.compile("conv2d(_\\d+)?");

  private KerasFit() {}

  /** Whether a layer is of the part of a network that a backbone is made of. */
  public static boolean mayBeOfBackbone(String layer) {
    return !BEYOND_STAGE_3.matcher(layer).matches();
  }

  /** The differences; layers behind the third stage are none, nor are convolutions' biases. */
  public static WeightsFit of(KerasWeights weights, Backbone backbone) {
    var found = new LinkedHashMap<String, List<Long>>();
    for (var tensor : weights.tensors()) {
      if (mayBeOfBackbone(tensor.layer())) {
        found.put(tensor.name(), tensor.sizes());
      }
    }
    return WeightsFit.of(needed(backbone), found, name -> name.endsWith("/bias"));
  }

  /** The shapes by name, with the biases that convolutions may have. */
  private static Map<String, List<Long>> needed(Backbone backbone) {
    var needed = new LinkedHashMap<String, List<Long>>();
    for (ParameterSpec spec : backbone.parameters()) {
      needed.put(spec.name(), spec.shape());
      bias(spec).ifPresent(name -> needed.put(name, List.of(spec.shape().get(3))));
    }
    return needed;
  }

  /** The name of the bias of the convolution before a normalisation. */
  public static Optional<String> biasBefore(String norm) {
    return norm.endsWith("_bn")
        ? Optional.of(norm.replaceAll("_bn$", "_conv/bias"))
        : Optional.empty();
  }

  /** The name of the bias that goes with a kernel. */
  private static Optional<String> bias(ParameterSpec spec) {
    return spec.name().endsWith("/kernel")
        ? Optional.of(spec.name().replaceAll("/kernel$", "/bias"))
        : Optional.empty();
  }

  /** All differences, the first few of each kind by name, and what to do. */
  public static String describe(WeightsFit fit, KerasWeights weights, Backbone backbone) {
    return fit.describe() + "; " + advice(weights, backbone);
  }

  private static String advice(KerasWeights weights, Backbone backbone) {
    for (var name : Backbone.NAMES) {
      if (!name.equals(backbone.name()) && of(weights, Backbone.named(name)).fits()) {
        return "these look like " + name + "'s weights; pass --backbone " + name;
      }
    }
    return weights.layers().keySet().stream().anyMatch(l -> NAMED_BY_CLASS.matcher(l).matches())
        ? "the layers have no names of their own; name them as Keras' residual networks do"
            + " (conv1_conv, conv2_block1_1_conv, ...) and save again"
        : "expected are Keras' layer names (conv1_conv, conv2_block1_1_conv, ...) and the weights"
            + " of this backbone";
  }
}
