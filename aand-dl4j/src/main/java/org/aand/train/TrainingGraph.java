package org.aand.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the training graphs of both stages share: a network in its training form and its step. */
abstract class TrainingGraph implements AutoCloseable {
  private final Parameters parameters;
  private final NetGraph net;
  private @Nullable TrainingStep step;

  /**
   * @param parameters updated in place, stay the caller's
   */
  TrainingGraph(Parameters parameters, DataType type) {
    this.parameters = parameters;
    this.net = new NetGraph(parameters, NetGraph.Form.TRAINING, type);
  }

  final NetGraph net() {
    return net;
  }

  /** Ends the building of the graph. */
  final void minimise(SDVariable loss, List<SDVariable> logged) {
    step = new TrainingStep(net, parameters, loss, logged);
  }

  final TrainingStep step() {
    var built = step;
    if (built == null) {
      throw new IllegalStateException("the graph has no loss yet");
    }
    return built;
  }

  /** The gradient of the total by a parameter in what {@code compute} gave. */
  public final INDArray gradient(Outputs outputs, String parameter) {
    return step().gradient(outputs, parameter);
  }

  /** Who is called after every operation of {@code compute} from now on. */
  public final void observe(Observer observer) {
    step().observe(observer);
  }

  /** One step of the optimiser and of the running statistics; overwrites the gradients. */
  public final void update(Outputs outputs, Optimiser optimiser, double learningRate) {
    step().update(outputs, optimiser, learningRate);
  }

  /**
   * As {@link #update(Outputs, Optimiser, double)}, with a rate of each parameter's own and decay.
   */
  final void update(
      Outputs outputs,
      Optimiser optimiser,
      ToDoubleFunction<String> learningRate,
      ToDoubleFunction<String> weightDecay) {
    step().update(outputs, optimiser, learningRate, weightDecay);
  }

  @Override
  public final void close() {
    if (step != null) {
      step.close();
    }
    net.close();
  }
}
