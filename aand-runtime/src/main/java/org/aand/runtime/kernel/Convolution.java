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
  private final @Nullable Product product;
  private final @Nullable Winograd winograd;
  private final PatchRows patches;
  private final MatrixRows pixels = new MatrixRows();

  /** Prepares a convolution. */
  public Convolution(ConvolutionKernel kernel, Activation activation) {
    shape = kernel.shape();
    patches = new PatchRows(shape);
    PackedMatrix matrix = kernel.matrix();
    WinogradKernel transformed = kernel.winograd();
    product = matrix == null ? null : new Product(matrix, activation);
    winograd = transformed == null ? null : new Winograd(transformed, shape, activation);
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
    if (winograd != null) {
      winograd.run(
          workers,
          images,
          x,
          xOffset,
          y,
          yOffset,
          yStride,
          residual,
          residualOffset,
          residualStride);
    } else if (product != null) {
      boolean plain = shape.isPointwise() && shape.stride() == 1;
      Rows rows = plain ? pixels.set(x, xOffset, shape.inChannels()) : patches.set(x, xOffset);
      int count = images * shape.outHeight() * shape.outWidth();
      product.run(
          workers, rows, count, y, yOffset, yStride, residual, residualOffset, residualStride);
    }
  }
}
