package org.aand.network;

import java.util.List;

/**
 * A convolution without bias and the batch normalisation behind it.
 *
 * @param conv the convolution's layer name
 * @param norm the normalisation's layer name
 * @param in channels in
 * @param out channels out
 * @param kernel size, odd; 2 for a transposed one
 * @param stride 1 or 2
 * @param transposed whether it is a transposed convolution 2x2 with stride 2
 */
public record ConvNorm(
    String conv, String norm, int in, int out, int kernel, int stride, boolean transposed) {

  /** A plain convolution. */
  public static ConvNorm plain(String conv, String norm, int in, int out, int kernel, int stride) {
    return new ConvNorm(conv, norm, in, out, kernel, stride, false);
  }

  /** A transposed convolution 2x2 with stride 2. */
  public static ConvNorm transposed(String conv, String norm, int in, int out) {
    return new ConvNorm(conv, norm, in, out, 2, 2, true);
  }

  /** Number of the kernel's values. */
  public int kernelLength() {
    return Math.multiplyExact(Math.multiplyExact(kernel, kernel), Math.multiplyExact(in, out));
  }

  /**
   * Its parameters with the reference implementation's initialisation: kernels normal by fan-out
   * (He et al. 2015), transposed kernels uniform by fan-in.
   */
  public List<ParameterSpec> parameters() {
    var init =
        transposed
            ? new Initializer.Uniform(1 / Math.sqrt(4.0 * out))
            : new Initializer.Normal(Math.sqrt(2.0 / ((double) kernel * kernel * out)));
    long first = transposed ? out : in;
    long second = transposed ? in : out;
    return List.of(
        ParameterSpec.of(conv + "/kernel", init, true, kernel, kernel, first, second),
        ParameterSpec.of(norm + "/gamma", new Initializer.Constant(1), true, out),
        ParameterSpec.of(norm + "/beta", new Initializer.Constant(0), true, out),
        ParameterSpec.of(norm + "/moving_mean", new Initializer.Constant(0), false, out),
        ParameterSpec.of(norm + "/moving_variance", new Initializer.Constant(1), false, out));
  }
}
