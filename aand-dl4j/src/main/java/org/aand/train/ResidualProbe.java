package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.network.raa.ResidualAmplification;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.aand.nn.RowNorms;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Measures the residuals of RAA modules at normal and at anomalous locations. */
final class ResidualProbe implements AutoCloseable {
  private final List<ResidualAmplification> modules;
  private final NetGraph net;
  private final List<SDVariable> norms = new ArrayList<>();
  private final Program program;

  ResidualProbe(List<ResidualAmplification> modules, Parameters parameters) {
    this.modules = modules;
    net = new NetGraph(parameters, NetGraph.Form.INFERENCE, DataType.FLOAT);
    for (var module : modules) {
      norms.add(RowNorms.of(module.residual(net, net.input(module.level()))));
    }
    program = net.program(norms);
  }

  /**
   * The intensity at each level.
   *
   * @param features frozen, one map a level
   * @param samples the locations that count
   */
  List<ResidualIntensity.Level> measure(List<INDArray> features, List<LevelSample> samples) {
    var feeds = new HashMap<String, INDArray>();
    for (int i = 0; i < modules.size(); i++) {
      feeds.put(modules.get(i).level(), features.get(i));
    }
    var outputs = program.run(feeds);
    var levels = new ArrayList<ResidualIntensity.Level>();
    for (int i = 0; i < modules.size(); i++) {
      double[] values = HostValues.read(outputs.get(norms.get(i)));
      var sample = samples.get(i);
      levels.add(
          new ResidualIntensity.Level(
              modules.get(i).level(),
              mean(values, sample.normal(), sample.normalWeights()),
              mean(values, sample.anomalous(), sample.anomalousWeights())));
    }
    return levels;
  }

  /** The weighted mean at these locations; empty if all weights are zero. */
  private static OptionalDouble mean(double[] values, double[] indices, double[] weights) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < indices.length; i++) {
      sum += weights[i] * values[(int) indices[i]];
      total += weights[i];
    }
    return total == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / total);
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
