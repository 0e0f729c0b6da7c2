package org.aand.network;

import java.util.Arrays;
import java.util.List;

/**
 * One row of a network's parameter table.
 *
 * @param name {@code layer/variable}, Keras' names: kernel, bias, gamma, beta, moving_mean,
 *     moving_variance
 * @param shape channels-last; kernels {@code [kH, kW, in, out]}, transposed ones {@code [kH, kW,
 *     out, in]}
 * @param initializer how it starts
 * @param trained whether training changes it by a gradient; running statistics are not
 */
public record ParameterSpec(
    String name, List<Long> shape, Initializer initializer, boolean trained) {

  static ParameterSpec of(String name, Initializer initializer, boolean trained, long... shape) {
    return new ParameterSpec(name, Arrays.stream(shape).boxed().toList(), initializer, trained);
  }

  /** Number of elements. */
  public long length() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** The last dimension: how many elements follow each other in a row. */
  public int rowLength() {
    return Math.toIntExact(shape.get(shape.size() - 1));
  }

  /** The shape as an array. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
