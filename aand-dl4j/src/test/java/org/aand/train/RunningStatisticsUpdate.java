package org.aand.train;

import java.util.List;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.nd4j.autodiff.samediff.SDVariable;

/** Lets tests in other packages update running statistics without an optimiser. */
public final class RunningStatisticsUpdate {
  private final RunningStatistics statistics;

  public RunningStatisticsUpdate(NetGraph net, Parameters parameters) {
    statistics = new RunningStatistics(net, parameters);
  }

  /** What has to be computed for it. */
  public List<SDVariable> required() {
    return statistics.required();
  }

  public void update(Outputs outputs) {
    statistics.update(outputs);
  }
}
