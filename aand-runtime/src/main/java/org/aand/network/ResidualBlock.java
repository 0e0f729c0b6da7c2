package org.aand.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A residual block: convolutions one after the other, a shortcut beside them, ReLU after each and
 * after the sum.
 *
 * @param path the convolutions; the last one's activation follows the sum
 * @param shortcut the convolution on the shortcut; the identity where absent
 */
public record ResidualBlock(List<ConvNorm> path, Optional<ConvNorm> shortcut) {
  public ResidualBlock {
    path = List.copyOf(path);
  }

  /** The parameters of all its layers. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    path.forEach(c -> all.addAll(c.parameters()));
    shortcut.ifPresent(c -> all.addAll(c.parameters()));
    return all;
  }

  /** Adds the block to a graph. */
  public <T> T build(Net<T> net, T x) {
    var residual = shortcut.map(c -> net.convNorm(x, c, Activation.NONE)).orElse(x);
    var y = x;
    for (var layer : path.subList(0, path.size() - 1)) {
      y = net.convNorm(y, layer, Activation.RELU);
    }
    return net.convNormResidual(y, path.get(path.size() - 1), residual);
  }
}
