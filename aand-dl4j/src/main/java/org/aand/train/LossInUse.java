package org.aand.train;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a network as it is in use, with its running statistics.
 *
 * @param <B> a prepared batch
 */
final class LossInUse<B> implements BatchLoss<B> {
  private final NetGraph net;
  private final SDVariable loss;
  private final Program program;
  private final Function<B, Map<String, INDArray>> feeds;

  /**
   * Takes the parameters as they are now.
   *
   * @param loss adds network and loss to a graph
   * @param feeds what a batch gives to the graph's inputs
   */
  LossInUse(
      Parameters parameters,
      Function<NetGraph, SDVariable> loss,
      Function<B, Map<String, INDArray>> feeds) {
    net = new NetGraph(parameters, NetGraph.Form.INFERENCE, DataType.FLOAT);
    this.loss = loss.apply(net);
    program = net.program(List.of(this.loss));
    this.feeds = feeds;
  }

  @Override
  public double of(B batch) {
    return program.run(feeds.apply(batch)).scalar(loss);
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
