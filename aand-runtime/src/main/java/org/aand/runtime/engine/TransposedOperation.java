package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.TransposedConvolution;
import org.aand.runtime.kernel.Workers;

/** A transposed convolution 2x2 with stride 2, bias and activation. */
record TransposedOperation(Value x, Value output, MatrixWeights weights, Activation activation)
    implements Operation {
  @Override
  public String name() {
    return "transposed " + x.shape() + " to " + output.channels();
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public boolean readsPacked(int input) {
    return true;
  }

  @Override
  public boolean writesPacked() {
    return true;
  }

  @Override
  public double arithmetic() {
    return 8.0 * x.size() * output.channels();
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var convolution =
        new TransposedConvolution(x.height(), x.width(), weights.matrix(), activation);
    var from = in.get(0);
    return images -> convolution.run(workers, images, from.rows(images), out.rows(images));
  }
}
