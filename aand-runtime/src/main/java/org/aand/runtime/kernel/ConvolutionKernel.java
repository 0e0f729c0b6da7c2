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
    WINOGRAD_4
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
      ConvolutionShape shape, Method method, float[] kernel, float @Nullable [] bias) {
    this.shape = shape;
    this.method = method;
    int out = shape.outChannels();
    if (method == Method.DIRECT) {
      matrix = PackedMatrix.of(kernel, 0, shape.depth(), out, bias);
      winograd = null;
    } else {
      matrix = null;
      int outputs = method == Method.WINOGRAD_2 ? 2 : 4;
      winograd = new WinogradKernel(outputs, shape.inChannels(), out, kernel, bias);
    }
  }

  /** Packs a kernel for the method that is fastest for the shape. */
  public static ConvolutionKernel of(
      ConvolutionShape shape, float[] kernel, float @Nullable [] bias) {
    return of(shape, bestFor(shape), kernel, bias);
  }

  /**
   * Packs a kernel.
   *
   * @param kernel {@code [kernelHeight, kernelWidth, in, out]}
   * @param bias {@code [out]}, or none
   * @throws IllegalArgumentException if lengths do not fit the shape, or the method is Winograd's
   *     and the shape is not 3x3, stride 1, padding 1
   */
  public static ConvolutionKernel of(
      ConvolutionShape shape, Method method, float[] kernel, float @Nullable [] bias) {
    if (kernel.length != Math.multiplyExact(shape.depth(), shape.outChannels())) {
      throw new IllegalArgumentException("a kernel of " + kernel.length + " values for " + shape);
    }
    if (bias != null && bias.length != shape.outChannels()) {
      throw new IllegalArgumentException("a bias of " + bias.length + " values for " + shape);
    }
    if (method != Method.DIRECT && !shape.isWinogradable()) {
      throw new IllegalArgumentException("Winograd's convolution is not for " + shape);
    }
    return new ConvolutionKernel(shape, method, kernel, bias);
  }

  /**
   * The fastest method for a shape. It knows one image, never the batch, because the method decides
   * how a sum is rounded.
   *
   * <p>Counts rows of products, in whole tiles, and what bringing a transformed kernel from memory
   * costs beside them. Agrees with what was fastest by measurement for squares of 2 to 64 pixels
   * and 16 to 1024 channels ({@code KernelSpeed}, choice and winograd).
   */
  public static Method bestFor(ConvolutionShape shape) {
    if (!shape.isWinogradable()
        || Math.min(shape.inChannels(), shape.outChannels()) < MIN_WINOGRAD_CHANNELS) {
      return Method.DIRECT;
    }
    double direct = cost(9, shape.height() * shape.width());
    double two = cost(16, ceil(shape.height(), 2) * ceil(shape.width(), 2));
    double four = cost(36, ceil(shape.height(), 4) * ceil(shape.width(), 4));
    if (direct <= Math.min(two, four)) {
      return Method.DIRECT;
    }
    return two <= four ? Method.WINOGRAD_2 : Method.WINOGRAD_4;
  }

  private static double cost(int places, int rows) {
    return places * (ceil(rows, SMALLEST_TILE) * SMALLEST_TILE + ROWS_WORTH_A_KERNEL);
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
