package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code y = activation(x * kernel + bias + residual)}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, inChannels]}
 *   <li>y, residual: {@code [N, outHeight, outWidth, outChannels]} in any layout
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
    void run(Workers workers, int images, ArrayRows x, ArrayRows y, @Nullable ArrayRows residual);
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
    boolean pixels = readsPixels(shape);
    return (workers, images, x, y, residual) -> {
      int count = images * shape.outHeight() * shape.outWidth();
      product.run(workers, pixels ? x : patches.set(x), count, y, residual);
    };
  }

  private static Body patches(WinogradPatches maps, PatchProducts products) {
    return (workers, images, x, y, residual) -> {
      maps.use(x, y, residual);
      products.run(workers, images);
    };
  }

  /** Whether x may have any layout; else its pixels have to lie next to each other. */
  public static boolean readsAnyLayout(ConvolutionShape shape, ConvolutionKernel.Method method) {
    return method != ConvolutionKernel.Method.DIRECT || readsPixels(shape);
  }

  private static boolean readsPixels(ConvolutionShape shape) {
    return shape.isPointwise() && shape.stride() == 1;
  }

  public ConvolutionShape shape() {
    return shape;
  }

  /** Computes {@code images} maps without a residual. */
  public void run(Workers workers, int images, ArrayRows x, ArrayRows y) {
    run(workers, images, x, y, null);
  }

  /**
   * Computes {@code images} maps.
   *
   * @param x pixels next to each other; any layout where {@link #readsAnyLayout}
   * @param residual added before the activation, or none; may be y itself
   */
  public void run(
      Workers workers, int images, ArrayRows x, ArrayRows y, @Nullable ArrayRows residual) {
    body.run(workers, images, x, y, residual);
  }
}
