package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.Convolution;
import org.aand.runtime.kernel.Workers;

/**
 * A convolution with bias, residual where there is one, and activation.
 *
 * @param inputs x, or x and the residual
 */
record ConvolutionOperation(
    List<Value> inputs, Value output, ConvolutionWeights weights, Activation activation)
    implements Operation {
  @Override
  public String name() {
    var shape = weights.shape();
    var method =
        switch (ConvolutionWeights.method(shape)) {
          case DIRECT -> "";
          case WINOGRAD_2, WINOGRAD_2_BY_PANEL -> " F2";
          case WINOGRAD_4 -> " F4";
          case WINOGRAD_STRIDED -> " F2";
        };
    return "conv "
        + shape.kernelHeight()
        + "x"
        + shape.kernelWidth()
        + (shape.stride() > 1 ? "/" + shape.stride() : "")
        + " "
        + inputs.get(0).shape()
        + " to "
        + output.channels()
        + method;
  }

  @Override
  public int inPlace() {
    return inputs.size() - 1 > 0 ? 1 : -1;
  }

  @Override
  public double arithmetic() {
    return weights.shape().operations();
  }

  @Override
  public Step bind(List<Buffer> in, Buffer out, Buffer temporary, Workers workers) {
    var convolution = new Convolution(weights.kernel(), activation);
    var x = in.get(0);
    int channels = output.channels();
    if (in.size() == 1) {
      return images -> convolution.run(workers, images, x.array(), 0, out.array(), 0);
    }
    var residual = in.get(1);
    return images ->
        convolution.run(
            workers, images, x.array(), 0, out.array(), 0, channels, residual.array(), 0, channels);
  }
}
