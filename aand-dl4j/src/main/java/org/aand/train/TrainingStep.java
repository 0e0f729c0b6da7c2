package org.aand.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.aand.nn.Gradients;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A training graph with its gradients: computes a batch, then updates the parameters. */
final class TrainingStep implements AutoCloseable {
  private final Program program;
  private final Parameters parameters;
  private final RunningStatistics statistics;
  private final List<String> names;
  private final List<SDVariable> gradients;

  /**
   * @param net a training graph over the parameters
   * @param loss what is minimised
   * @param logged what else {@link #compute} tells
   */
  TrainingStep(NetGraph net, Parameters parameters, SDVariable loss, List<SDVariable> logged) {
    this.parameters = parameters;
    this.names = List.copyOf(net.variables().keySet());
    this.gradients = Gradients.of(loss, List.copyOf(net.variables().values()));
    this.statistics = new RunningStatistics(net, parameters);
    var outputs = new ArrayList<>(gradients);
    outputs.add(loss);
    outputs.addAll(logged);
    outputs.addAll(statistics.required());
    this.program = net.program(outputs);
  }

  /** Losses and gradients of a batch; changes nothing. */
  Outputs compute(Map<String, INDArray> feeds) {
    return program.run(feeds);
  }

  void observe(Observer observer) {
    program.observe(observer);
  }

  /** The gradient of a parameter in what {@link #compute} gave. */
  INDArray gradient(Outputs outputs, String parameter) {
    return outputs.get(gradients.get(names.indexOf(parameter)));
  }

  /** One step of the optimiser and of the running statistics; overwrites the gradients. */
  void update(Outputs outputs, Optimiser optimiser, double learningRate) {
    update(outputs, optimiser, name -> learningRate, name -> 0);
  }

  /**
   * One step of the optimiser and of the running statistics; overwrites the gradients.
   *
   * @param learningRate of a parameter
   * @param weightDecay the share of a parameter that is added to its gradient
   */
  void update(
      Outputs outputs,
      Optimiser optimiser,
      ToDoubleFunction<String> learningRate,
      ToDoubleFunction<String> weightDecay) {
    statistics.update(outputs);
    optimiser.nextStep();
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var parameter = parameters.get(name);
      var gradient = outputs.get(gradients.get(i));
      double share = weightDecay.applyAsDouble(name);
      if (share > 0) {
        try (var decay = parameter.mul(share)) {
          gradient.addi(decay);
        }
      }
      optimiser.update(name, parameter, gradient, learningRate.applyAsDouble(name));
    }
  }

  /** The parameters that are trained, in the order of the graph. */
  List<String> trained() {
    return names;
  }

  @Override
  public void close() {
    program.close();
  }
}
