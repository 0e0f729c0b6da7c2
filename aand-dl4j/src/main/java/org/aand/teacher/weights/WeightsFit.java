package org.aand.teacher.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aand.nn.ParameterSpec;
import org.aand.teacher.Backbone;

/**
 * How weights differ from what a backbone needs.
 *
 * @param missing needed, but not there
 * @param misshaped there in another shape
 * @param extra there, but of no use to the backbone
 */
record WeightsFit(List<String> missing, List<String> misshaped, List<String> extra) {
  /** What a full residual network has behind its third stage. */
  private static final Pattern BEYOND_STAGE_3 =
      Pattern.compile("conv5_.*|avg_pool.*|fc\\d*|predictions|probs|logits");

  private static final Pattern NAMED_BY_CLASS = Pattern.compile("conv2d(_\\d+)?");
  private static final int SHOWN = 3;

  /** Whether a layer is of the part of a network that a backbone is made of. */
  static boolean mayBeOfBackbone(String layer) {
    return !BEYOND_STAGE_3.matcher(layer).matches();
  }

  static WeightsFit of(KerasWeights weights, Backbone backbone) {
    var missing = new ArrayList<String>();
    var misshaped = new ArrayList<String>();
    var needed = needed(backbone);
    needed.forEach(
        (name, shape) -> {
          var found = weights.find(name);
          if (found.isPresent()) {
            var foundShape = Arrays.stream(found.get().shape()).asLongStream().boxed().toList();
            if (!foundShape.equals(shape)) {
              misshaped.add(name + " (expected " + shape + ", found " + foundShape + ")");
            }
          } else if (!name.endsWith("/bias")) {
            missing.add(name + " " + shape);
          }
        });
    var extra =
        weights.tensors().stream()
            .filter(t -> mayBeOfBackbone(t.layer()) && !needed.containsKey(t.name()))
            .map(t -> t.name() + " " + Arrays.toString(t.shape()))
            .toList();
    return new WeightsFit(missing, misshaped, extra);
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
  static Optional<String> biasBefore(String norm) {
    return norm.endsWith("_bn")
        ? Optional.of(norm.replaceAll("_bn$", "_conv/bias"))
        : Optional.empty();
  }

  /** The name of the bias that goes with a kernel. */
  static Optional<String> bias(ParameterSpec spec) {
    return spec.name().endsWith("/kernel")
        ? Optional.of(spec.name().replaceAll("/kernel$", "/bias"))
        : Optional.empty();
  }

  boolean fits() {
    return missing.isEmpty() && misshaped.isEmpty() && extra.isEmpty();
  }

  /** All differences, the first few of each kind by name, and what to do. */
  String describe(KerasWeights weights, Backbone backbone) {
    var parts = new ArrayList<String>();
    add(parts, "missing", missing);
    add(parts, "of another shape", misshaped);
    add(parts, "not known to it", extra);
    return String.join("; ", parts) + "; " + advice(weights, backbone);
  }

  private static void add(List<String> parts, String what, List<String> names) {
    if (!names.isEmpty()) {
      var first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
      int more = names.size() - SHOWN;
      parts.add(
          names.size() + " " + what + ": " + first + (more > 0 ? " and " + more + " more" : ""));
    }
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
