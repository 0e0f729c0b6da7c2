package org.aand.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gradient descent with momentum as in torch: {@code v <- m v + g}, {@code p <- p - rate v}.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>B. Polyak. Some methods of speeding up the convergence of iteration methods. USSR
 *       Computational Mathematics and Mathematical Physics, 1964.
 * </ol>
 */
final class Momentum implements Optimiser {
  private final double momentum;
  private final Map<String, INDArray> velocities = new LinkedHashMap<>();
  private long step;

  /**
   * @param momentum m, in [0, 1)
   */
  Momentum(double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum is in [0, 1): " + momentum);
    }
    this.momentum = momentum;
  }

  @Override
  public void nextStep() {
    step++;
  }

  @Override
  public void update(String name, INDArray parameter, INDArray gradient, double learningRate) {
    var velocity =
        velocities.computeIfAbsent(
            name, key -> Nd4j.zeros(parameter.dataType(), parameter.shape()));
    velocity.muli(momentum);
    velocity.addi(gradient);
    gradient.assign(velocity);
    gradient.muli(learningRate);
    parameter.subi(gradient);
  }

  @Override
  public long steps() {
    return step;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(velocities.keySet());
  }

  @Override
  public int arraysEach() {
    return 1;
  }

  @Override
  public List<INDArray> moments(String name) {
    return List.of(Objects.requireNonNull(velocities.get(name), name));
  }

  @Override
  public void restore(long steps, Map<String, List<INDArray>> kept) {
    step = steps;
    kept.forEach((name, arrays) -> velocities.put(name, arrays.get(0)));
  }

  @Override
  public void close() {
    velocities.values().forEach(INDArray::close);
    velocities.clear();
  }
}
