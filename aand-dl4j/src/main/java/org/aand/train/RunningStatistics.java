package org.aand.train;

import java.util.ArrayList;
import java.util.List;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The running statistics that batch normalisation uses after training: an exponential average of
 * the batches' means and unbiased variances, momentum 0.1 as in torch.
 */
final class RunningStatistics {
  private static final double MOMENTUM = 0.1;

  private final List<NetGraph.BatchStatistics> statistics;
  private final Parameters parameters;

  RunningStatistics(NetGraph net, Parameters parameters) {
    this.statistics = net.statistics();
    this.parameters = parameters;
  }

  /** What a program has to compute for {@link #update}. */
  List<SDVariable> required() {
    var all = new ArrayList<SDVariable>();
    statistics.forEach(s -> all.addAll(List.of(s.mean(), s.variance(), s.count())));
    return all;
  }

  /** Takes one batch into the averages. */
  void update(Outputs outputs) {
    for (var s : statistics) {
      double count = outputs.scalar(s.count());
      average(s.norm().norm() + "/moving_mean", outputs.get(s.mean()), 1);
      average(
          s.norm().norm() + "/moving_variance",
          outputs.get(s.variance()),
          count > 1 ? count / (count - 1) : 1);
    }
  }

  private void average(String name, INDArray batch, double factor) {
    var running = parameters.get(name);
    running.muli(1 - MOMENTUM);
    try (var scaled = batch.mul(MOMENTUM * factor)) {
      running.addi(scaled.reshape('c', running.shape()));
    }
  }
}
