package org.aand.golden;

import java.util.stream.IntStream;
import org.aand.nn.HostValues;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A parameter, or its gradient, in our layout, looked at in the reference's order: kernels {@code
 * [kH, kW, in, out]} as {@code [out, in, kH, kW]}, transposed ones {@code [kH, kW, out, in]} as
 * {@code [in, out, kH, kW]}, all others as they are. Only what is asked for is brought into that
 * order, since there are millions of values and hundreds are compared.
 */
final class TorchParameter {
  private final double[] values;
  private final long[] shape;

  private TorchParameter(double[] values, long[] shape) {
    this.values = values;
    this.shape = shape;
  }

  static TorchParameter of(INDArray array) {
    return new TorchParameter(HostValues.read(array), array.shape());
  }

  int length() {
    return values.length;
  }

  double norm() {
    return Tensors.norm(values);
  }

  /** This without another of the same shape. */
  TorchParameter minus(TorchParameter other) {
    double[] difference = values.clone();
    for (int i = 0; i < difference.length; i++) {
      difference[i] -= other.values[i];
    }
    return new TorchParameter(difference, shape);
  }

  /** As {@link TorchLayout#samples}. */
  double[] samples(int k) {
    int stride = TorchLayout.sampleStride(values.length, k);
    return IntStream.range(0, Math.min(k, values.length))
        .mapToDouble(i -> values[ours(i * stride)])
        .toArray();
  }

  /** Where the value is that the reference has at an index. */
  private int ours(int torch) {
    if (shape.length != 4) {
      return torch;
    }
    long kernel = shape[0] * shape[1];
    long at = torch % kernel;
    long rest = torch / kernel;
    long third = rest % shape[2];
    long last = rest / shape[2];
    return Math.toIntExact((at * shape[2] + third) * shape[3] + last);
  }
}
