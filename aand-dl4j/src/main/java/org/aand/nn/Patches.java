package org.aand.nn;

import java.util.ArrayList;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The patches under a convolution's window, one row a location of the output: what makes a
 * convolution one matrix product.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>patches: {@code [N, H', W', k k C]}, zero where the window leaves the map
 * </ul>
 *
 * @param window k, odd; the padding is {@code (k-1)/2}
 * @param stride of the window
 */
record Patches(int window, int stride) {
  /** Writes the patches of {@code x}. */
  Runnable gather(Binding b, INDArray x, INDArray patches) {
    if (window == 1) {
      return Shift.copy(x, stride, 0, 0, patches);
    }
    var steps = new ArrayList<Runnable>();
    int padding = (window - 1) / 2;
    long height = x.size(1) + window - 1;
    long width = x.size(2) + window - 1;
    var padded = b.scratch(x.size(0), height, width, x.size(3));
    steps.add(() -> padded.assign(0));
    steps.add(Shift.copy(x, 1, -padding, -padding, padded));
    long strip = window * x.size(3);
    var all = NDArrayIndex.all();
    for (int i = 0; i < window; i++) {
      var target = patches.get(all, all, all, NDArrayIndex.interval(i * strip, (i + 1) * strip));
      var source = strips(padded, i, target.shape());
      steps.add(() -> target.assign(source));
    }
    return Binding.sequence(steps);
  }

  /**
   * Row i of the window at every location: neighbours in memory, so that the strips of two
   * neighbouring locations overlap.
   */
  private INDArray strips(INDArray padded, int i, long[] shape) {
    return Nd4j.create(
        padded.data(),
        shape,
        new long[] {
          padded.stride(0), (long) stride * padded.stride(1), (long) stride * padded.stride(2), 1
        },
        padded.offset() + (long) i * padded.stride(1),
        'c');
  }
}
