package org.aand.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * A SameDiff custom op with a kernel and a gradient of the project's own.
 *
 * <p>It takes its place in a SameDiff graph like any op. A {@link Program} runs it: once for given
 * shapes {@link #bind} prepares a kernel over fixed arrays, then the kernel runs as often as
 * wanted. Kernels are made of ND4J operations only, so they run on every backend.
 */
public abstract class KernelOp extends DynamicCustomOp {
  private final int outputs;

  /**
   * @param graph where it is put
   * @param outputs how many arrays it computes
   * @param inputs what it reads
   */
  protected KernelOp(SameDiff graph, int outputs, SDVariable... inputs) {
    super(graph, inputs);
    this.outputs = outputs;
  }

  /**
   * The shapes that it computes from inputs of these shapes.
   *
   * @throws IllegalArgumentException if the inputs do not fit together
   */
  protected abstract List<long[]> outputShapes(List<long[]> inputs);

  /** Prepares the computation over the arrays that the binding holds. */
  protected abstract Runnable bind(Binding binding);

  /**
   * Adds the operations of its gradient to the graph.
   *
   * @param outputGradients gradient of the loss with respect to each output; null where the loss
   *     does not depend on it
   * @param needed which inputs' gradients are wanted
   * @return one entry an input, null where not needed or identically zero
   */
  protected abstract @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed);

  /** The class's name; that of the forward operation and {@code _bp} for a gradient. */
  @Override
  public final String opName() {
    var enclosing = getClass().getEnclosingClass();
    return enclosing == null ? getClass().getSimpleName() : enclosing.getSimpleName() + "_bp";
  }

  @Override
  public int getNumOutputs() {
    return outputs;
  }

  @Override
  public List<DataType> calculateOutputDataTypes(List<DataType> inputs) {
    return Collections.nCopies(outputs, inputs.get(0));
  }

  @Override
  public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
    boolean[] needed = new boolean[args().length];
    Arrays.fill(needed, true);
    return Arrays.asList(gradients(Collections.unmodifiableList(outputGradients), needed));
  }

  @Override
  public long opHash() {
    return opName().hashCode();
  }
}
