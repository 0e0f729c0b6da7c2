package org.aand.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam with bias correction, the epsilon outside of it as in torch.
 *
 * <p>ND4J's native updater adds epsilon to the uncorrected second moment; handing it {@code epsilon
 * sqrt(1 - beta2^t)} makes the two the same. State is off-heap; closed by its opener.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>D. Kingma, J. Ba. Adam: a method for stochastic optimization. ICLR 2015.
 * </ol>
 */
public final class Adam implements Optimiser {
  /**
   * The constants.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the corrected second moment
   */
  public record Options(double beta1, double beta2, double epsilon) {
    /** The paper's values. */
    public Options() {
      this(0.5, 0.999, 1e-8);
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
        throw new IllegalArgumentException("Adam: betas in [0,1), epsilon > 0");
      }
    }
  }

  private record Moments(INDArray first, INDArray second) {}

  private final Options options;
  private final Map<String, Moments> moments = new LinkedHashMap<>();
  private long step;

  public Adam(Options options) {
    this.options = options;
  }

  @Override
  public void nextStep() {
    step++;
  }

  @Override
  public void update(String name, INDArray parameter, INDArray gradient, double learningRate) {
    var state =
        moments.computeIfAbsent(
            name,
            key ->
                new Moments(
                    Nd4j.zeros(parameter.dataType(), parameter.shape()),
                    Nd4j.zeros(parameter.dataType(), parameter.shape())));
    double correction = Math.sqrt(1 - Math.pow(options.beta2, (double) step));
    var op =
        DynamicCustomOp.builder("adam_updater")
            .addInputs(gradient, state.second, state.first)
            .addOutputs(gradient, state.second, state.first)
            .addIntegerArguments(step - 1)
            .addFloatingPointArguments(
                learningRate, options.beta1, options.beta2, options.epsilon * correction)
            .build();
    Nd4j.getExecutioner().exec(op);
    parameter.subi(gradient);
  }

  @Override
  public void restore(long steps, Map<String, List<INDArray>> kept) {
    step = steps;
    kept.forEach((name, pair) -> moments.put(name, new Moments(pair.get(0), pair.get(1))));
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(moments.keySet());
  }

  @Override
  public long steps() {
    return step;
  }

  @Override
  public int arraysEach() {
    return 2;
  }

  /** The first and second moment. */
  @Override
  public List<INDArray> moments(String name) {
    var state = Objects.requireNonNull(moments.get(name), name);
    return List.of(state.first, state.second);
  }

  @Override
  public void close() {
    for (var state : moments.values()) {
      state.first.close();
      state.second.close();
    }
    moments.clear();
  }
}
