package org.aand.golden;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a parameter of ours is called in the reference implementation. */
final class TorchNames {
  private record Rule(Pattern layer, Function<MatchResult, String> torch) {}

  private static final Map<String, String> FUSION = Map.of("a1", "1", "a2", "2", "b", "3");

  private static final List<Rule> LAYERS =
      List.of(
          rule("conv1_(conv|bn)", m -> "enc." + m.group(1) + "1"),
          rule(
              "conv(\\d)_block(\\d+)_(\\d)_(conv|bn)",
              m -> "enc.layer" + (number(m, 1) - 1) + "." + blockLayer(m, number(m, 2), false)),
          rule(
              "raa_(\\w)_projection(\\d)",
              m -> "enc.feat_recons_" + m.group(1) + ".projs.0." + (2 * number(m, 2) - 2)),
          rule(
              "raa_(\\w)_scaling(\\d)",
              m -> "enc.feat_recons_" + m.group(1) + ".projs2.0." + (2 * number(m, 2) - 2)),
          rule("raa_(\\w)_memory", m -> "enc.feat_recons_" + m.group(1) + ".K_list"),
          rule(
              "bottleneck_fuse_(\\w+)_(conv|bn)", m -> "bn." + m.group(2) + FUSION.get(m.group(1))),
          rule(
              "bottleneck_block(\\d+)_(\\d)_(conv|bn)",
              m -> "bn.bn_layer." + blockLayer(m, number(m, 1), false)),
          rule(
              "decoder(\\d)_block(\\d+)_(\\d)_(conv|bn)",
              m -> "dec.layer" + m.group(1) + "." + blockLayer(m, number(m, 2), true)));

  private static final Map<String, String> VARIABLES =
      Map.of(
          "kernel", "weight",
          "bias", "bias",
          "gamma", "weight",
          "beta", "bias",
          "moving_mean", "running_mean",
          "moving_variance", "running_var",
          "items", "0");

  private TorchNames() {}

  /**
   * The full name: {@code enc}, {@code bn} or {@code dec}, then the module path.
   *
   * @param name {@code layer/variable}
   */
  static String of(String name) {
    int slash = name.indexOf('/');
    return layer(name.substring(0, slash)) + "." + VARIABLES.get(name.substring(slash + 1));
  }

  /** The name of a layer alone. */
  static String layer(String layer) {
    for (var rule : LAYERS) {
      var matcher = rule.layer().matcher(layer);
      if (matcher.matches()) {
        return rule.torch().apply(matcher.toMatchResult());
      }
    }
    throw new IllegalArgumentException("no reference name for the layer " + layer);
  }

  private static Rule rule(String layer, Function<MatchResult, String> torch) {
    return new Rule(Pattern.compile(layer), torch);
  }

  /** {@code block.conv2}, or the shortcut {@code block.downsample.0}. */
  private static String blockLayer(MatchResult m, int block, boolean decoder) {
    int last = m.groupCount();
    boolean norm = m.group(last).equals("bn");
    int index = number(m, last - 1);
    if (index > 0) {
      return (block - 1) + "." + m.group(last) + index;
    }
    return (block - 1) + (decoder ? ".upsample." : ".downsample.") + (norm ? 1 : 0);
  }

  private static int number(MatchResult m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
