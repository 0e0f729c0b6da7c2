package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code y = activation(x * kernel + bias + residual)}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, inChannels]}
 *   <li>y, residual: {@code [N, outHeight, outWidth, outChannels]}, pixels any distance apart
 * </ul>
 *
 * <p>One call at a time; several convolutions may share one kernel. x must not overlap y.
 */
public final class Convolution {
  private final ConvolutionShape shape;
  private final Body body;

  /** A way to compute it, as {@link #run}. */
  @FunctionalInterface
  private interface Body {
    void run(
        Workers workers,
        int images,
        float[] x,
        int xOffset,
        float[] y,
        int yOffset,
        int yStride,
        float @Nullable [] residual,
        int residualOffset,
        int residualStride);
  }

  /** Prepares a convolution. */
  public Convolution(ConvolutionKernel kernel, Activation activation) {
    shape = kernel.shape();
    body = body(kernel, activation);
  }

  private static Body body(ConvolutionKernel kernel, Activation activation) {
    ConvolutionShape shape = kernel.shape();
    WinogradKernel transformed = kernel.transformed();
    if (transformed != null) {
      WinogradScheme scheme = transformed.scheme();
      var maps = new WinogradPatches(scheme, shape, transformed.bias(), activation);
      return patches(maps, new Winograd(transformed, shape, maps));
    }
    PackedMatrix matrix = kernel.matrix();
    if (kernel.method() == ConvolutionKernel.Method.DIRECT) {
      return direct(shape, new Product(matrix, activation));
    }
    WinogradScheme scheme = kernel.method().scheme();
    var maps = new WinogradPatches(scheme, shape, matrix.bias(), activation);
    return patches(maps, new WinogradByPanel(matrix, scheme, shape, maps));
  }

  private static Body direct(ConvolutionShape shape, Product product) {
    var patches = new PatchRows(shape);
    var pixels = new MatrixRows();
    boolean plain = shape.isPointwise() && shape.stride() == 1;
    return (workers, images, x, xOffset, y, yOffset, yStride, residual, ro, residualStride) -> {
      Rows rows = plain ? pixels.set(x, xOffset, shape.inChannels()) : patches.set(x, xOffset);
      int count = images * shape.outHeight() * shape.outWidth();
      product.run(workers, rows, count, y, yOffset, yStride, residual, ro, residualStride);
    };
  }

  private static Body patches(WinogradPatches maps, PatchProducts products) {
    return (workers, images, x, xOffset, y, yOffset, yStride, residual, ro, residualStride) -> {
      maps.use(x, xOffset, y, yOffset, yStride, residual, ro, residualStride);
      products.run(workers, images);
    };
  }

  public ConvolutionShape shape() {
    return shape;
  }

  /** Computes {@code images} maps without a residual, pixels of y next to each other. */
  public void run(Workers workers, int images, float[] x, int xOffset, float[] y, int yOffset) {
    run(workers, images, x, xOffset, y, yOffset, shape.outChannels(), null, 0, 0);
  }

  /**
   * Computes {@code images} maps.
   *
   * @param yStride the distance of pixels of y
   * @param residual added before the activation, or none; may be y itself
   * @param residualStride the distance of pixels of the residual
   */
  public void run(
      Workers workers,
      int images,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int yStride,
      float @Nullable [] residual,
      int residualOffset,
      int residualStride) {
    body.run(
        workers, images, x, xOffset, y, yOffset, yStride, residual, residualOffset, residualStride);
  }
}
