package org.aand.weights.torch;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aand.common.PrintableName;

/** What stands before the names of a residual network in a state dictionary. */
final class NamePrefix {
  private static final String FIRST_LAYER = "conv1.weight";

  /** What a first layer has behind it in residual networks alone. */
  private static final String FIRST_BLOCK = "layer1.0.conv1.weight";

  /** Where training programs keep a network; a layer of its own has no such name. */
  private static final Pattern HOLDER =
      Pattern.compile("(module|_orig_mod|model|net|network|backbone|encoder|resnet)\\..+");

  private NamePrefix() {}

  /**
   * The prefix, with its dot: that of the one residual network there is, else what holders all
   * names have in common; empty where there is none.
   *
   * @throws TorchCheckpointException if there are several residual networks
   */
  static String of(Set<String> names) throws TorchCheckpointException {
    var networks =
        names.stream()
            .filter(name -> name.endsWith(FIRST_LAYER))
            .map(name -> name.substring(0, name.length() - FIRST_LAYER.length()))
            .filter(prefix -> prefix.isEmpty() || prefix.endsWith("."))
            .filter(prefix -> names.contains(prefix + FIRST_BLOCK))
            .toList();
    if (networks.contains("")) {
      return "";
    }
    if (networks.size() > 1) {
      throw new TorchCheckpointException(
          "it holds several networks ("
              + networks.stream().limit(5).map(PrintableName::of).collect(Collectors.joining(", "))
              + "); save the state_dict() of one");
    }
    return networks.isEmpty() ? holders(names) : networks.get(0);
  }

  private static String holders(Set<String> names) {
    var prefix = "";
    if (names.isEmpty()) {
      return prefix;
    }
    var first = names.iterator().next();
    while (HOLDER.matcher(first.substring(prefix.length())).matches()) {
      var longer = first.substring(0, first.indexOf('.', prefix.length()) + 1);
      if (!names.stream().allMatch(name -> name.startsWith(longer))) {
        break;
      }
      prefix = longer;
    }
    return prefix;
  }
}
