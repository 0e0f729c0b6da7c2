package org.aand.golden;

import java.util.stream.IntStream;

/** Between the reference's channels-first layouts and ours, and its conventions of sampling. */
final class TorchLayout {
  private TorchLayout() {}

  /** {@code [N, C, H, W]} to {@code [N, H, W, C]}. */
  static double[] toChannelsLast(double[] values, int... shape) {
    return permute(values, shape, 0, 2, 3, 1);
  }

  /** {@code [N, H, W, C]} to {@code [N, C, H, W]}. */
  static double[] toChannelsFirst(double[] values, long... shape) {
    return permute(values, ints(shape), 0, 3, 1, 2);
  }

  /** The way back from the order of {@link TorchParameter}; {@code shape} is ours. */
  static double[] parameterFromTorch(double[] values, long... shape) {
    if (shape.length != 4) {
      return values;
    }
    int[] s = ints(shape);
    return permute(values, new int[] {s[3], s[2], s[0], s[1]}, 2, 3, 1, 0);
  }

  /** Dimension i of the result is dimension {@code order[i]} of the source. */
  static double[] permute(double[] source, int[] shape, int... order) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    double[] result = new double[source.length];
    int[] at = new int[shape.length];
    int from = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = source[from];
      for (int d = shape.length - 1; d >= 0; d--) {
        from += strides[order[d]];
        if (++at[d] < shape[order[d]]) {
          break;
        }
        from -= at[d] * strides[order[d]];
        at[d] = 0;
      }
    }
    return result;
  }

  /** "k samples": stride {@code max(1, n / k)}, the first k, or all where there are fewer. */
  static double[] samples(double[] values, int k) {
    int stride = sampleStride(values.length, k);
    return IntStream.range(0, Math.min(k, values.length))
        .mapToDouble(i -> values[i * stride])
        .toArray();
  }

  static int sampleStride(int length, int k) {
    return Math.max(1, length / k);
  }

  /** {@code [..., ::s_d, ...]} of an array. */
  static double[] slice(double[] values, int[] shape, int... steps) {
    int[] kept = IntStream.range(0, shape.length).map(d -> ceil(shape[d], steps[d])).toArray();
    double[] result = new double[IntStream.of(kept).reduce(1, Math::multiplyExact)];
    for (int i = 0; i < result.length; i++) {
      int rest = i;
      int from = 0;
      int stride = 1;
      for (int d = shape.length - 1; d >= 0; d--) {
        from += rest % kept[d] * steps[d] * stride;
        rest /= kept[d];
        stride *= shape[d];
      }
      result[i] = values[from];
    }
    return result;
  }

  private static int ceil(int size, int step) {
    return (size + step - 1) / step;
  }

  private static int[] ints(long... shape) {
    return IntStream.range(0, shape.length).map(i -> Math.toIntExact(shape[i])).toArray();
  }
}
