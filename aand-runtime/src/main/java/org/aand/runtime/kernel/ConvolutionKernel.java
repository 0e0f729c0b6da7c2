package org.aand.runtime.kernel;

import java.util.Objects;
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
    /** As {@link #WINOGRAD_2}, the kernel transformed whenever it is used, as it is so large. */
    WINOGRAD_2_BY_PANEL,
    /** As {@link #WINOGRAD_4}, the kernel transformed whenever it is used, as it is so large. */
    WINOGRAD_4_BY_PANEL,
    /**
     * Winograd F(2x2, 3x3) with stride 2: 0.69 of the multiplications, the kernel transformed
     * whenever it is used, as that costs little.
     */
    WINOGRAD_STRIDED;

    WinogradScheme scheme() {
      return switch (this) {
        case DIRECT -> throw new IllegalStateException("a direct convolution transforms nothing");
        case WINOGRAD_2, WINOGRAD_2_BY_PANEL -> WinogradScheme.TWO;
        case WINOGRAD_4, WINOGRAD_4_BY_PANEL -> WinogradScheme.FOUR;
        case WINOGRAD_STRIDED -> WinogradScheme.STRIDED;
      };
    }

    /** Whether it computes convolutions of the shape. */
    boolean fits(ConvolutionShape shape) {
      return this == DIRECT || scheme().fits(shape);
    }

    /** Whether the kernel is kept transformed. */
    public boolean keepsTransformed() {
      return this == WINOGRAD_2 || this == WINOGRAD_4;
    }

    /**
     * Floating point operations of its products for one image, a product and a sum counted as two;
     * transforms do not count.
     */
    public double operations(ConvolutionShape shape) {
      return this == DIRECT
          ? shape.operations()
          : 2.0
              * scheme().planes()
              * scheme().patches(shape)
              * shape.inChannels()
              * shape.outChannels();
    }

    /** Values of a kernel as it is kept, for each pair of channels in and out. */
    int values(ConvolutionShape shape) {
      return keepsTransformed() ? scheme().planes() : shape.kernelHeight() * shape.kernelWidth();
    }
  }

  private static final int MIN_WINOGRAD_CHANNELS = 16;
  // What a wider one is transformed to does not stay in the cache.
  private static final int WIDEST_PANEL = 64;
  private static final int SMALLEST_TILE = 4;
  // Reading a kernel once takes about as long as this many rows of its product.
  private static final double ROWS_WORTH_A_KERNEL = 6;
  // And making a value of a transformed kernel as long as this many.
  private static final double ROWS_WORTH_A_SUM = 10;

  private final ConvolutionShape shape;
  private final Method method;
  private final @Nullable PackedMatrix matrix;
  private final @Nullable WinogradKernel transformed;

  private ConvolutionKernel(
      ConvolutionShape shape,
      Method method,
      @Nullable PackedMatrix matrix,
      @Nullable WinogradKernel transformed) {
    this.shape = shape;
    this.method = method;
    this.matrix = matrix;
    this.transformed = transformed;
  }

  /**
   * A kernel that is packed for a method that does not keep it transformed.
   *
   * @param matrix {@code [kernelHeight kernelWidth in, out]} with its bias
   * @throws IllegalArgumentException if it does not fit the shape, or the method does not
   */
  public static ConvolutionKernel packed(
      ConvolutionShape shape, Method method, PackedMatrix matrix) {
    if (matrix.depth() != shape.depth() || matrix.columns() != shape.outChannels()) {
      throw new IllegalArgumentException(
          "a matrix of " + matrix.depth() + " x " + matrix.columns() + " for " + shape);
    }
    if (!method.fits(shape) || method.keepsTransformed()) {
      throw new IllegalArgumentException(method + " is not for " + shape);
    }
    return new ConvolutionKernel(shape, method, matrix, null);
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
    return method.keepsTransformed()
        ? new ConvolutionKernel(
            shape,
            method,
            null,
            new WinogradKernel(method.scheme(), shape.inChannels(), out, kernel, bias))
        : packed(shape, method, PackedMatrix.of(kernel, 0, shape.depth(), out, bias));
  }

  /** The fastest method for a shape. */
  public static Method bestFor(ConvolutionShape shape) {
    return bestFor(shape, Long.MAX_VALUE);
  }

  /**
   * The fastest method for a shape of those whose kernels are not too large. It knows one image,
   * never the batch, because the method decides how a sum is rounded.
   *
   * <p>Counts rows of products, in whole tiles, and what bringing a kernel from memory and
   * transforming it cost beside them. Agrees with what was fastest by measurement for squares of 2
   * to 64 pixels and 16 to 1024 channels with stride 1 ({@code KernelSpeed}, choice and winograd).
   * It does not count transforms of maps, so that with stride 2 and few channels the direct method
   * may be faster than the one that it names.
   *
   * <p>Kernels are transformed while they are used only where panels are narrow, which they are by
   * the Vector API.
   *
   * @param maxBytes of a kernel that is kept transformed
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
          && (method.keepsTransformed()
              ? method.values(shape) * pairs <= maxBytes
              : isTransformedByPanel())
          && cost(method, shape) < cost(best, shape)) {
        best = method;
      }
    }
    return best;
  }

  /** Whether panels are narrow enough to be transformed while they are used. */
  static boolean isTransformedByPanel() {
    return Provider.arithmetic().panelWidth() <= WIDEST_PANEL;
  }

  private static double cost(Method method, ConvolutionShape shape) {
    if (method == Method.DIRECT) {
      int rows = shape.outHeight() * shape.outWidth();
      return method.values(shape) * (inWholeTiles(rows) + ROWS_WORTH_A_KERNEL);
    }
    double rows = inWholeTiles(method.scheme().patches(shape));
    int sums = method.keepsTransformed() ? 0 : method.scheme().packedKernelTransform().slots();
    return method.scheme().planes() * rows
        + method.values(shape) * ROWS_WORTH_A_KERNEL
        + sums * ROWS_WORTH_A_SUM;
  }

  private static double inWholeTiles(int rows) {
    return (rows + SMALLEST_TILE - 1) / SMALLEST_TILE * SMALLEST_TILE;
  }

  public ConvolutionShape shape() {
    return shape;
  }

  public Method method() {
    return method;
  }

  /** The kernel as it is, if it is not kept transformed. */
  PackedMatrix matrix() {
    return Objects.requireNonNull(matrix, "the kernel is kept transformed");
  }

  @Nullable WinogradKernel transformed() {
    return transformed;
  }
}
