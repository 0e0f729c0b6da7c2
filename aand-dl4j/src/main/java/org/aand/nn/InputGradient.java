package org.aand.nn;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a convolution's input by matrix products.
 *
 * <p>Location {@code s u + p} of the input, for each phase p of the stride s, is reached from
 * output {@code u + (p + padding - i) / s} through every tap i of the window for which that is
 * whole. So each phase is a sum of products of the shifted output gradient with the kernel's taps.
 */
final class InputGradient {
  private final Binding binding;
  private final KernelShape shape;
  private final int stride;

  InputGradient(Binding binding, KernelShape shape, int stride) {
    this.binding = binding;
    this.shape = shape;
    this.stride = stride;
  }

  /**
   * @param kernel {@code [k, k, C, D]}
   * @param dy {@code [N, H', W', D]}
   * @param dx {@code [N, H, W, C]}
   */
  Runnable of(INDArray kernel, INDArray dy, INDArray dx) {
    if (stride == 1) {
      return phase(0, 0, kernel, dy, dx);
    }
    var steps = new ArrayList<Runnable>();
    for (int py = 0; py < Math.min(stride, dx.size(1)); py++) {
      for (int px = 0; px < Math.min(stride, dx.size(2)); px++) {
        var target = Shift.phase(dx, stride, py, px);
        var part = binding.scratch(target.shape());
        steps.add(phase(py, px, kernel, dy, part));
        steps.add(() -> target.assign(part));
      }
    }
    return Binding.sequence(steps);
  }

  /** One phase of the input: {@code [N, H'', W'', C]}. */
  private Runnable phase(int py, int px, INDArray kernel, INDArray dy, INDArray phase) {
    var taps = kernel.reshape('c', (long) shape.window() * shape.window(), shape.in(), shape.out());
    var shifted =
        shape.window() == 1
            ? dy
            : binding.scratch(phase.size(0), phase.size(1), phase.size(2), shape.out());
    var steps = new ArrayList<Runnable>();
    boolean first = true;
    for (int i : tapsReaching(py)) {
      for (int j : tapsReaching(px)) {
        if (shape.window() > 1) {
          steps.add(() -> shifted.assign(0));
          steps.add(Shift.copy(dy, 1, shiftThrough(py, i), shiftThrough(px, j), shifted));
        }
        var tap = taps.slice(i * (long) shape.window() + j);
        steps.add(
            first
                ? binding.matmul(Binding.rows(shifted), false, tap, true, Binding.rows(phase))
                : binding.addMatmul(Binding.rows(shifted), false, tap, true, Binding.rows(phase)));
        first = false;
      }
    }
    return first ? () -> phase.assign(0) : Binding.sequence(steps);
  }

  private int[] tapsReaching(int phase) {
    return IntStream.range(0, shape.window())
        .filter(i -> Math.floorMod(phase + shape.padding() - i, stride) == 0)
        .toArray();
  }

  private int shiftThrough(int phase, int tap) {
    return Math.floorDiv(phase + shape.padding() - tap, stride);
  }
}
