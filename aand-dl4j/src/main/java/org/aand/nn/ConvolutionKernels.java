package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How convolutions are computed: by matrix products over the locations where those are faster, else
 * by the native convolution.
 *
 * <p>The native convolution lays its kernel out again at every call. Where there are few locations,
 * that takes longer than the arithmetic.
 */
final class ConvolutionKernels {
  /** With at most so many locations an output channel, products win. */
  private static final long FEW_LOCATIONS_A_CHANNEL = 2;

  /** Products of so few locations are faster with the kernel as the left factor. */
  private static final long FEW_LOCATIONS = 128;

  private ConvolutionKernels() {}

  static Runnable forward(
      Binding b, INDArray x, INDArray kernel, KernelLayout layout, INDArray y, int stride) {
    var shape = KernelShape.of(kernel.shape(), layout);
    if (layout == KernelLayout.CHANNELS_OUT_LAST && !asProduct(shape, y)) {
      return b.call("conv2d", List.of(x, kernel), List.of(y), arguments(shape, stride));
    }
    var steps = new ArrayList<Runnable>();
    var patches = patches(b, x, shape, y, stride, steps);
    steps.add(product(b, patches, shape.matrix(kernel), layout, Binding.rows(y)));
    return Binding.sequence(steps);
  }

  /**
   * @param kernel {@code [k, k, C, D]}
   * @param dx null where the gradient of the input is not wanted
   */
  static Runnable backward(
      Binding b,
      INDArray x,
      INDArray kernel,
      INDArray dy,
      INDArray dKernel,
      @Nullable INDArray dx,
      int stride) {
    var shape = KernelShape.of(kernel.shape(), KernelLayout.CHANNELS_OUT_LAST);
    if (dx != null && !asProduct(shape, dy)) {
      return b.call(
          "conv2d_bp", List.of(x, kernel, dy), List.of(dx, dKernel), arguments(shape, stride));
    }
    var steps = new ArrayList<Runnable>();
    var patches = patches(b, x, shape, dy, stride, steps);
    steps.add(b.matmul(patches, true, Binding.rows(dy), false, shape.matrix(dKernel)));
    if (dx != null) {
      steps.add(new InputGradient(b, shape, stride).of(kernel, dy, dx));
    }
    return Binding.sequence(steps);
  }

  /**
   * {@code rows * kernel}.
   *
   * @param rows {@code [R, K]}
   * @param kernel {@code [K, D]} or {@code [D, K]}
   * @param result {@code [R, D]}
   */
  static Runnable product(
      Binding b, INDArray rows, INDArray kernel, KernelLayout layout, INDArray result) {
    if (layout == KernelLayout.CHANNELS_OUT_LAST) {
      return b.matmul(rows, false, kernel, false, result);
    }
    if (rows.size(0) > FEW_LOCATIONS) {
      return b.matmul(rows, false, kernel, true, result);
    }
    var transposed = b.scratch(result.size(1), result.size(0));
    return Binding.sequence(
        List.of(
            b.matmul(kernel, false, rows, true, transposed),
            b.call("transpose", List.of(transposed), List.of(result))));
  }

  /** The rows to be multiplied by the kernel: the map itself if the window is one location. */
  private static INDArray patches(
      Binding b, INDArray x, KernelShape shape, INDArray y, int stride, List<Runnable> steps) {
    if (shape.window() == 1 && stride == 1) {
      return Binding.rows(x);
    }
    var patches = b.scratch(y.size(0), y.size(1), y.size(2), shape.patch());
    steps.add(new Patches(shape.window(), stride).gather(b, x, patches));
    return Binding.rows(patches);
  }

  private static boolean asProduct(KernelShape shape, INDArray y) {
    long locations = y.size(0) * y.size(1) * y.size(2);
    return shape.window() == 1 || locations <= FEW_LOCATIONS_A_CHANNEL * shape.out();
  }

  private static long[] arguments(KernelShape shape, int stride) {
    long k = shape.window();
    long padding = shape.padding();
    return new long[] {k, k, stride, stride, padding, padding, 1, 1, 0, 1, 0};
  }
}
