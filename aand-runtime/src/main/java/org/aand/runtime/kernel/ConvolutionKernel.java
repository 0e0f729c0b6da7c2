package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The kernel and bias of a convolution, laid out once for one extent of map. Immutable; threads and
 * plans may share it.
 */
public final class ConvolutionKernel {
  /** How a convolution is computed. */
  public enum Method {
    /** As one product over patches that are gathered when needed. */
    DIRECT,
    /** Winograd F(2x2, 3x3): 0.44 of the multiplications. */
    WINOGRAD_2,
    /** Winograd F(4x4, 3x3): 0.25 of the multiplications. */
    WINOGRAD_4,
    /** Winograd F(2x2, 3x3) with stride 2: 0.69 of the multiplications. */
    WINOGRAD_STRIDED;

    WinogradScheme scheme() {
      return switch (this) {
        case DIRECT -> throw new IllegalStateException("a direct convolution transforms nothing");
        case WINOGRAD_2 -> WinogradScheme.TWO;
        case WINOGRAD_4 -> WinogradScheme.FOUR;
        case WINOGRAD_STRIDED -> WinogradScheme.STRIDED;
      };
    }

    /** Whether it computes convolutions of the shape. */
    boolean fits(ConvolutionShape shape) {
      return this == DIRECT || scheme().fits(shape);
    }

    /** Values of a kernel laid out for it, for each value of the kernel's channels in and out. */
    int values(ConvolutionShape shape) {
      return this == DIRECT ? shape.kernelHeight() * shape.kernelWidth() : scheme().planes();
    }
  }

  private static final int MIN_WINOGRAD_CHANNELS = 16;
  private static final int SMALLEST_TILE = 4;
  // Reading a kernel once takes about as long as this many rows of its product.
  private static final double ROWS_WORTH_A_KERNEL = 6;

  private final ConvolutionShape shape;
  private final Method method;
  private final @Nullable PackedMatrix matrix;
  private final @Nullable WinogradKernel winograd;

  private ConvolutionKernel(
      ConvolutionShape shape,
      Method method,
      @Nullable PackedMatrix matrix,
      @Nullable WinogradKernel winograd) {
    this.shape = shape;
    this.method = method;
    this.matrix = matrix;
    this.winograd = winograd;
  }

  /**
   * A kernel that is packed for {@link Method#DIRECT}.
   *
   * @param matrix {@code [kernelHeight kernelWidth in, out]} with its bias
   * @throws IllegalArgumentException if it does not fit the shape
   */
  public static ConvolutionKernel direct(ConvolutionShape shape, PackedMatrix matrix) {
    if (matrix.depth() != shape.depth() || matrix.columns() != shape.outChannels()) {
      throw new IllegalArgumentException(
          "a matrix of " + matrix.depth() + " x " + matrix.columns() + " for " + shape);
    }
    return new ConvolutionKernel(shape, Method.DIRECT, matrix, null);
  }

  /** Packs a kernel for the method that is fastest for the shape. */
  public static ConvolutionKernel of(
      ConvolutionShape shape, float[] kernel, float @Nullable [] bias) {
    return of(shape, bestFor(shape), kernel, bias);
  }

  /**
   * Packs a kernel.
   *
   * @param kernel {@code [kernelHeight, kernelWidth, in, out]}; the array may be longer
   * @param bias {@code [out]}, or none
   * @throws IllegalArgumentException if lengths do not fit the shape, or the method does not
   */
  public static ConvolutionKernel of(
      ConvolutionShape shape, Method method, float[] kernel, float @Nullable [] bias) {
    if (kernel.length < Math.multiplyExact(shape.depth(), shape.outChannels())) {
      throw new IllegalArgumentException("a kernel of " + kernel.length + " values for " + shape);
    }
    if (bias != null && bias.length != shape.outChannels()) {
      throw new IllegalArgumentException("a bias of " + bias.length + " values for " + shape);
    }
    if (!method.fits(shape)) {
      throw new IllegalArgumentException(method + " is not for " + shape);
    }
    int out = shape.outChannels();
    return method == Method.DIRECT
        ? direct(shape, PackedMatrix.of(kernel, 0, shape.depth(), out, bias))
        : new ConvolutionKernel(
            shape,
            method,
            null,
            new WinogradKernel(method.scheme(), shape.inChannels(), out, kernel, bias));
  }

  /** The fastest method for a shape. */
  public static Method bestFor(ConvolutionShape shape) {
    return bestFor(shape, Long.MAX_VALUE);
  }

  /**
   * The fastest method for a shape of those whose kernels are not too large. It knows one image,
   * never the batch, because the method decides how a sum is rounded.
   *
   * <p>Counts rows of products, in whole tiles, and what bringing a transformed kernel from memory
   * costs beside them. Agrees with what was fastest by measurement for squares of 2 to 64 pixels
   * and 16 to 1024 channels ({@code KernelSpeed}, choice and winograd).
   *
   * @param maxBytes that a transformed kernel may have
   */
  public static Method bestFor(ConvolutionShape shape, long maxBytes) {
    Method best = Method.DIRECT;
    if (Math.min(shape.inChannels(), shape.outChannels()) < MIN_WINOGRAD_CHANNELS) {
      return best;
    }
    long pairs = (long) Float.BYTES * shape.inChannels() * shape.outChannels();
    for (Method method : Method.values()) {
      if (method != Method.DIRECT
          && method.fits(shape)
          && method.values(shape) * pairs <= maxBytes
          && cost(method, shape) < cost(best, shape)) {
        best = method;
      }
    }
    return best;
  }

  private static double cost(Method method, ConvolutionShape shape) {
    int outputs = method == Method.DIRECT ? 1 : method.scheme().outputs();
    int rows = ceil(shape.outHeight(), outputs) * ceil(shape.outWidth(), outputs);
    int tiles = ceil(rows, SMALLEST_TILE);
    return method.values(shape) * (tiles * SMALLEST_TILE + ROWS_WORTH_A_KERNEL);
  }

  private static int ceil(int x, int y) {
    return (x + y - 1) / y;
  }

  public ConvolutionShape shape() {
    return shape;
  }

  public Method method() {
    return method;
  }

  @Nullable PackedMatrix matrix() {
    return matrix;
  }

  @Nullable WinogradKernel winograd() {
    return winograd;
  }
}
