package org.aand.train;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What changes parameters by their gradients, step after step. Its state is off-heap; closed by its
 * opener.
 */
public sealed interface Optimiser extends AutoCloseable permits Adam, Momentum {
  /** Begins the next step; every parameter is updated once in it. */
  void nextStep();

  /**
   * Updates a parameter in place.
   *
   * @param gradient of the parameter's shape; overwritten
   */
  void update(String name, INDArray parameter, INDArray gradient, double learningRate);

  /** Steps made so far. */
  long steps();

  /** The parameters that were updated before. */
  Set<String> names();

  /** How many arrays it keeps of every parameter. */
  int arraysEach();

  /** What it keeps of a parameter that was updated before. */
  List<INDArray> moments(String name);

  /**
   * Goes on from a state that was kept.
   *
   * @param steps made so far
   * @param kept the arrays of every parameter; taken over
   */
  void restore(long steps, Map<String, List<INDArray>> kept);

  @Override
  void close();
}
