package org.aand.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sizes of a convolution's kernel.
 *
 * @param layout how its values lie
 * @param window k
 * @param in channels C
 * @param out channels D
 */
record KernelShape(KernelLayout layout, int window, long in, long out) {
  /**
   * @throws IllegalArgumentException if it is not {@code [k, k, C, D]}, or {@code [D, k, k, C]} by
   *     the layout, with an odd k
   */
  static KernelShape of(long[] kernel, KernelLayout layout) {
    boolean last = layout == KernelLayout.CHANNELS_OUT_LAST;
    if (kernel.length != 4 || kernel[1] % 2 == 0 || kernel[1] != kernel[last ? 0 : 2]) {
      throw new IllegalArgumentException(
          "a convolution kernel of shape " + java.util.Arrays.toString(kernel));
    }
    int window = Math.toIntExact(kernel[1]);
    return last
        ? new KernelShape(layout, window, kernel[2], kernel[3])
        : new KernelShape(layout, window, kernel[3], kernel[0]);
  }

  /** Zeros beyond each border of the map. */
  int padding() {
    return (window - 1) / 2;
  }

  /** Values under the window: k k C. */
  long patch() {
    return (long) window * window * in;
  }

  /** The kernel as a matrix, {@code [k k C, D]} or {@code [D, k k C]}. No copy. */
  INDArray matrix(INDArray kernel) {
    return switch (layout) {
      case CHANNELS_OUT_LAST -> kernel.reshape('c', patch(), out);
      case CHANNELS_OUT_FIRST -> kernel.reshape('c', out, patch());
    };
  }
}
