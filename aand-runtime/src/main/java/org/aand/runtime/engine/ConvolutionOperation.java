package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.Convolution;
import org.aand.runtime.kernel.ConvolutionKernel.Method;
import org.aand.runtime.kernel.Workers;

/**
 * A convolution with bias, residual where there is one, and activation.
 *
 * @param inputs x, or x and the residual
 */
record ConvolutionOperation(
    List<Value> inputs, Value output, ConvolutionWeights weights, Activation activation)
    implements Operation {
  // Patches gain nothing from rows that are half empty.
  private static final int LEAST_CHANNELS_OF_PATCHES = 256;

  @Override
  public String name() {
    var shape = weights.shape();
    var method =
        switch (weights.method()) {
          case DIRECT -> "";
          case WINOGRAD_2, WINOGRAD_2_BY_PANEL, WINOGRAD_STRIDED -> " F2";
          case WINOGRAD_4, WINOGRAD_4_BY_PANEL -> " F4";
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
    return inputs.size() > 1 ? 1 : -1;
  }

  @Override
  public boolean readsPacked(int input) {
    boolean isResidual = input > 0;
    return isResidual
        || (Convolution.readsAnyLayout(weights.shape(), weights.method()) && gainsFromPacked());
  }

  private boolean gainsFromPacked() {
    return weights.method() == Method.DIRECT
        || weights.shape().inChannels() >= LEAST_CHANNELS_OF_PATCHES;
  }

  @Override
  public boolean writesPacked() {
    return true;
  }

  @Override
  public double arithmetic() {
    return weights.shape().operations();
  }

  @Override
  public double performed() {
    return weights.method().operations(weights.shape());
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var convolution = new Convolution(weights.kernel(), activation);
    var x = in.get(0);
    if (in.size() == 1) {
      return images -> convolution.run(workers, images, x.rows(images), out.rows(images));
    }
    var residual = in.get(1);
    return images ->
        convolution.run(workers, images, x.rows(images), out.rows(images), residual.rows(images));
  }
}
