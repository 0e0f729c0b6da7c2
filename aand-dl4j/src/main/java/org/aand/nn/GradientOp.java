package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * An operation that is the gradient of another; it has none itself. Its outputs have the shapes of
 * its first inputs unless it says otherwise.
 */
public abstract class GradientOp extends KernelOp {
  /**
   * @param outputs how many arrays it computes
   * @param inputs what it reads, at least one; it is put into their graph
   */
  protected GradientOp(int outputs, SDVariable... inputs) {
    super(inputs[0].getSameDiff(), outputs, inputs);
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs.subList(0, getNumOutputs());
  }

  @Override
  protected final @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException(opName() + ": second-order gradients are not offered");
  }
}
