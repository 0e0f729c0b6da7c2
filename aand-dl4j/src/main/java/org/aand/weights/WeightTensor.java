package org.aand.weights;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One weight tensor of a Keras layer. The arrays are not copied: whoever makes a tensor or reads
 * one leaves them as they are.
 *
 * @param layer the layer's name
 * @param variable Keras' name: kernel, bias, gamma, beta, moving_mean, moving_variance
 * @param shape as Keras has it; kernels {@code [kH, kW, in, out]}
 * @param values row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record WeightTensor(String layer, String variable, int[] shape, float[] values) {
  /**
   * @throws IllegalArgumentException if the shape is not that of so many values
   */
  public WeightTensor {
    long length = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    if (length != values.length || Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          layer
              + "/"
              + variable
              + " of shape "
              + Arrays.toString(shape)
              + " with "
              + values.length
              + " values");
    }
  }

  /** The shape as a list. */
  public List<Long> sizes() {
    return Arrays.stream(shape).asLongStream().boxed().toList();
  }

  /**
   * What no weight may be, a value that is not finite or a negative variance: {@code holds NaN
   * (value 3 of 64)} for the first one; empty if there is none.
   */
  public Optional<String> flaw() {
    boolean variance = variable.equals("moving_variance");
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i]) || (variance && values[i] < 0)) {
        return Optional.of(
            "holds " + values[i] + " (value " + (i + 1) + " of " + values.length + ")");
      }
    }
    return Optional.empty();
  }

  /** {@code layer/variable}, as in {@link org.aand.network.ParameterSpec#name}. */
  public String name() {
    return layer + "/" + variable;
  }
}
