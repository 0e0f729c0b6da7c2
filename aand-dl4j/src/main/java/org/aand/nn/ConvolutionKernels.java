package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How convolutions are computed: 1x1 as matrix products over the locations, which is faster than
 * the native convolution, and everything larger by the native convolution.
 */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  static Runnable forward(Binding b, INDArray x, INDArray kernel, INDArray y, int stride) {
    if (!pointwise(kernel)) {
      return b.call("conv2d", List.of(x, kernel), List.of(y), arguments(kernel, stride));
    }
    if (stride == 1) {
      return b.matmul(Binding.rows(x), false, matrix(kernel), false, Binding.rows(y));
    }
    var picked = b.scratch(y.size(0), y.size(1), y.size(2), x.size(3));
    var source = strided(x, stride);
    return Binding.sequence(
        List.of(
            () -> picked.assign(source),
            b.matmul(Binding.rows(picked), false, matrix(kernel), false, Binding.rows(y))));
  }

  /**
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
    if (!pointwise(kernel)) {
      var unwantedOrDx = dx == null ? b.scratch(x.shape()) : dx;
      return b.call(
          "conv2d_bp",
          List.of(x, kernel, dy),
          List.of(unwantedOrDx, dKernel),
          arguments(kernel, stride));
    }
    var steps = new ArrayList<Runnable>();
    var rowsOfDy = Binding.rows(dy);
    INDArray picked = x;
    if (stride > 1) {
      var copy = b.scratch(dy.size(0), dy.size(1), dy.size(2), x.size(3));
      var source = strided(x, stride);
      steps.add(() -> copy.assign(source));
      picked = copy;
    }
    steps.add(b.matmul(Binding.rows(picked), true, rowsOfDy, false, matrix(dKernel)));
    if (dx != null && stride == 1) {
      steps.add(b.matmul(rowsOfDy, false, matrix(kernel), true, Binding.rows(dx)));
    } else if (dx != null) {
      steps.add(b.matmul(rowsOfDy, false, matrix(kernel), true, Binding.rows(picked)));
      var gradient = picked;
      var target = strided(dx, stride);
      steps.add(
          () -> {
            dx.assign(0);
            target.assign(gradient);
          });
    }
    return Binding.sequence(steps);
  }

  private static boolean pointwise(INDArray kernel) {
    return kernel.size(0) == 1 && kernel.size(1) == 1;
  }

  private static INDArray matrix(INDArray kernel) {
    return kernel.reshape('c', kernel.size(2), kernel.size(3));
  }

  private static INDArray strided(INDArray x, int stride) {
    INDArrayIndex all = NDArrayIndex.all();
    return x.get(
        all,
        NDArrayIndex.interval(0, stride, x.size(1)),
        NDArrayIndex.interval(0, stride, x.size(2)),
        all);
  }

  private static long[] arguments(INDArray kernel, int stride) {
    long k = kernel.size(0);
    long padding = (k - 1) / 2;
    return new long[] {k, k, stride, stride, padding, padding, 1, 1, 0, 1, 0};
  }
}
