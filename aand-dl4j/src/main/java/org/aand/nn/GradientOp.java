package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** An operation that is the gradient of another; it has none itself. */
public abstract class GradientOp extends KernelOp {
  /**
   * @param graph where it is put
   * @param outputs how many arrays it computes
   * @param inputs what it reads
   */
  protected GradientOp(SameDiff graph, int outputs, SDVariable... inputs) {
    super(graph, outputs, inputs);
  }

  @Override
  protected final @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException(opName() + ": second-order gradients are not offered");
  }
}
