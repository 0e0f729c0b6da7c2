package org.aand.network;

import java.util.List;

/**
 * A 1x1 convolution with bias.
 *
 * @param name the layer's name
 * @param in channels in
 * @param out channels out
 */
public record Pointwise(String name, int in, int out) {
  /** The convolution. */
  public ConvLayer layer() {
    return new ConvLayer(name, in, out, 1, true);
  }

  /** Its parameters; the kernel normal by fan-out, the bias uniform by fan-in. */
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.of(
            name + "/kernel", new Initializer.Normal(Math.sqrt(2.0 / out)), true, 1, 1, in, out),
        ParameterSpec.of(name + "/bias", new Initializer.Uniform(1 / Math.sqrt(in)), true, out));
  }
}
