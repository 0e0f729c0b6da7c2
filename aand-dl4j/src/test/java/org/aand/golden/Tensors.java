package org.aand.golden;

import org.aand.nn.HostValues;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of the goldens as ND4J's, and back. */
final class Tensors {
  private Tensors() {}

  /** An array of these values in row-major order. */
  static INDArray of(double[] values, DataType type, long... shape) {
    if (type == DataType.DOUBLE) {
      return Nd4j.createFromArray(values).reshape('c', shape);
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return Nd4j.createFromArray(narrow).reshape('c', shape);
  }

  /** A channels-first map {@code [N, C, H, W]} as {@code [N, H, W, C]}. */
  static INDArray map(NpyArray nchw, DataType type) {
    int[] s = nchw.shape();
    return of(TorchLayout.toChannelsLast(nchw.values(), s), type, s[0], s[2], s[3], s[1]);
  }

  /** A map {@code [N, H, W, C]} in the order of {@code [N, C, H, W]}. */
  static double[] channelsFirst(INDArray map) {
    return TorchLayout.toChannelsFirst(HostValues.read(map), map.shape());
  }

  /** Ones and zeros, one a row: {@code [R, 1]}. */
  static INDArray gate(boolean[] locations, DataType type) {
    double[] values = new double[locations.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = locations[i] ? 1 : 0;
    }
    return of(values, type, values.length, 1);
  }

  /** Euclidean norm. */
  static double norm(double[] values) {
    double squares = 0;
    for (double v : values) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }
}
