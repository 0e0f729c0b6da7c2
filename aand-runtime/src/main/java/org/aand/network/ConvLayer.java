package org.aand.network;

/**
 * A convolution with stride 1 and no batch normalisation behind it; its parameters are {@code
 * name/kernel}, {@code [kernel, kernel, in, out]}, and where it has one {@code name/bias}.
 *
 * @param name the layer's name
 * @param in channels in
 * @param out channels out
 * @param kernel size, odd
 * @param biased whether it has a bias
 */
public record ConvLayer(String name, int in, int out, int kernel, boolean biased) {
  /** The kernel's parameter. */
  public String kernelName() {
    return name + "/kernel";
  }

  /** The bias's parameter. */
  public String biasName() {
    return name + "/bias";
  }
}
