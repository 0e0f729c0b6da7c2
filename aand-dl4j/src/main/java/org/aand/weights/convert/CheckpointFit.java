package org.aand.weights.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightsFit;
import org.aand.weights.torch.TorchCheckpoint;

/** Compares a checkpoint's tensors with those of torchvision's networks. */
final class CheckpointFit {
  /** What a full network has behind its third stage. */
  private static final Pattern BEYOND_STAGE_3 = Pattern.compile("(layer4|fc)\\..+");

  /** How many batches a normalisation has seen. */
  private static final Pattern COUNTER =
      Pattern.compile(
          ".*bn\\d\\.num_batches_tracked|layer[1-3]\\.0\\.downsample\\.1\\.num_batches_tracked");

  private static final Pattern DEEP_STEM = Pattern.compile("conv1\\.\\d+\\..+");

  private CheckpointFit() {}

  /** Whether a tensor is one that a backbone has no use for. */
  static boolean isLeftOut(String name) {
    return BEYOND_STAGE_3.matcher(name).matches() || COUNTER.matcher(name).matches();
  }

  /** The differences, in torchvision's names and shapes. */
  static WeightsFit of(TorchCheckpoint checkpoint, Backbone backbone) {
    var needed = new LinkedHashMap<String, List<Long>>();
    TensorMapping.of(backbone).forEach(c -> needed.put(c.torch(), c.torchShape()));
    var found = new LinkedHashMap<String, List<Long>>();
    var mistyped = new ArrayList<String>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!isLeftOut(name) && !checkpoint.outside().contains(name)) {
                found.put(name, tensor.shape());
                if (needed.containsKey(name) && !tensor.type().floating()) {
                  mistyped.add(name + " (expected floating-point, found " + tensor.type() + ")");
                }
              }
            });
    var fit = WeightsFit.of(needed, found, name -> false);
    mistyped.addAll(fit.misshaped());
    var extra = new ArrayList<>(fit.extra());
    checkpoint.others().stream()
        .filter(name -> !isLeftOut(name))
        .forEach(name -> extra.add(name + " (no tensor)"));
    return new WeightsFit(fit.missing(), mistyped, extra);
  }

  /** The backbone that a checkpoint is of. */
  static Optional<Backbone> backbone(TorchCheckpoint checkpoint) {
    return Backbone.NAMES.stream()
        .map(Backbone::named)
        .filter(backbone -> of(checkpoint, backbone).fits())
        .findFirst();
  }

  /** What to do about a checkpoint that does not fit. */
  static String advice(TorchCheckpoint checkpoint) {
    var other = backbone(checkpoint);
    if (other.isPresent()) {
      var name = other.get().name();
      return "these are " + name + "'s weights: pass --backbone " + name;
    }
    return checkpoint.tensors().keySet().stream().anyMatch(n -> DEEP_STEM.matcher(n).matches())
        ? "its first layer is a stack of convolutions (conv1.0, ...), which the backbones do not"
            + " have: take a model with a single 7x7 convolution"
        : "expected are the weights of torchvision's "
            + String.join(", ", Backbone.NAMES)
            + " or of timm's models of the same layers";
  }
}
