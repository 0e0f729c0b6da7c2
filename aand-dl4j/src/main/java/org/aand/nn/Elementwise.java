package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A function of every element by itself, as an operation of its own.
 *
 * <ul>
 *   <li>x: of any shape
 *   <li>output: of the same shape
 * </ul>
 */
public final class Elementwise extends KernelOp {
  /** A native operation, its gradient {@code (x, dy) -> dx}, and the arguments of both. */
  private record Function(String forward, String backward, List<Double> arguments) {
    double[] reals() {
      return arguments.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private final Function function;

  private Elementwise(SDVariable x, Function function) {
    super(x.getSameDiff(), 1, x);
    this.function = function;
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static SDVariable sigmoid(SDVariable x) {
    return of(x, new Function("sigmoid", "sigmoid_bp", List.of()));
  }

  /**
   * {@code x} where positive, else {@code slope * x}.
   *
   * @param slope rounded to float32 by the native operation, whatever the graph's type
   */
  public static SDVariable leakyRelu(SDVariable x, double slope) {
    return of(x, new Function("lrelu", "lrelu_bp", List.of(slope)));
  }

  private static SDVariable of(SDVariable x, Function function) {
    return new Elementwise(x, function).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return inputs;
  }

  @Override
  protected Runnable bind(Binding b) {
    return b.call(
        function.forward, List.of(b.in(0)), List.of(b.out(0)), new long[0], function.reals());
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var dy = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(function, arg(0), dy).outputVariables();
  }

  /** Inputs x, dy; output dx. */
  private static final class Backward extends GradientOp {
    private final Function function;

    Backward(Function function, SDVariable... inputs) {
      super(1, inputs);
      this.function = function;
    }

    @Override
    protected Runnable bind(Binding b) {
      return b.call(
          function.backward,
          List.of(b.in(0), b.in(1)),
          List.of(b.out(0)),
          new long[0],
          function.reals());
    }
  }
}
