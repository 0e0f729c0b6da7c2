package org.aand.nn;

/** How the values of a convolution's kernel lie in memory. */
public enum KernelLayout {
  /** {@code [k, k, C, D]}: as in Keras files, for training, and for the native convolution. */
  CHANNELS_OUT_LAST,
  /**
   * {@code [D, k, k, C]}: for matrix products over few locations, where reading the kernel is most
   * of the work.
   */
  CHANNELS_OUT_FIRST;

  /** Kernels of at least so many pairs of channels are worth another layout. */
  private static final long LARGE = 1L << 20;

  /** The layout in which a frozen kernel is kept. */
  static KernelLayout ofFrozen(long channelsIn, long channelsOut) {
    return channelsIn * channelsOut >= LARGE ? CHANNELS_OUT_FIRST : CHANNELS_OUT_LAST;
  }
}
