package org.aand.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aand.nn.Binding;
import org.aand.nn.GradientOp;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Amplification loss with the dynamic margin: an amplified anomalous feature is to be less similar
 * to every normal feature than the frozen one was, by the margin.
 *
 * <p>{@code mean_ij relu( cos(I_i, T_j) - cos(I_i, I_j) + margin )}, i over normal, j over
 * anomalous locations.
 *
 * <ul>
 *   <li>normal: {@code [n, ..., C]}, frozen features at normal locations
 *   <li>frozen, amplified: {@code [m, ..., C]}, both at anomalous locations
 *   <li>normalWeights {@code [n, 1]}, anomalousWeights {@code [1, m]}: what a row counts in the
 *       mean; zero for rows that only fill up
 *   <li>outputs: loss {@code [1]}; for its gradient the terms {@code [n, m]}
 * </ul>
 *
 * <p>Differentiable by the amplified features alone. Source: amplification loss, section III of the
 * paper; {@code norms 1e-8} as torch's cosine.
 */
public final class AmplificationLoss extends KernelOp {
  private final double margin;

  private AmplificationLoss(double margin, SDVariable... inputs) {
    super(inputs[0].getSameDiff(), 2, inputs);
    this.margin = margin;
  }

  /** The loss as a variable of the graph. */
  public static SDVariable of(
      SDVariable normal,
      SDVariable frozen,
      SDVariable amplified,
      SDVariable normalWeights,
      SDVariable anomalousWeights,
      double margin) {
    return new AmplificationLoss(margin, normal, frozen, amplified, normalWeights, anomalousWeights)
        .outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {1}, new long[] {inputs.get(0)[0], inputs.get(1)[0]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var normal = unit(b, b.in(0));
    var frozen = unit(b, b.in(1));
    var amplified = unit(b, b.in(2));
    var terms = b.out(1);
    var before = b.scratch(terms.shape());
    var weighted = b.scratch(terms.size(0), 1);
    var anomalousColumn = b.in(4).reshape('c', terms.size(1), 1);
    var steps = new ArrayList<Runnable>();
    steps.add(normal.compute());
    steps.add(frozen.compute());
    steps.add(amplified.compute());
    steps.add(b.matmul(normal.rows(), false, amplified.rows(), true, terms));
    steps.add(b.matmul(normal.rows(), false, frozen.rows(), true, before));
    steps.add(b.subtract(terms, before, terms));
    steps.add(() -> terms.addi(margin));
    steps.add(b.call("relu", List.of(terms), List.of(terms), new long[0], new double[] {0}));
    steps.add(b.matmul(terms, false, anomalousColumn, false, weighted));
    steps.add(b.multiply(weighted, b.in(3), weighted));
    steps.add(() -> b.out(0).putScalar(0, weighted.sumNumber().doubleValue()));
    return Binding.sequence(steps);
  }

  private record Unit(INDArray rows, INDArray inverseNorms, Runnable compute) {}

  /** The rows divided by their norms. */
  private static Unit unit(Binding b, INDArray features) {
    var rows = Binding.rows(features);
    var unit = b.scratch(rows.shape());
    var inverse = b.scratch(rows.size(0), 1);
    var reciprocal = new Reciprocal(inverse, inverse);
    var compute =
        Binding.sequence(
            List.of(
                b.multiply(rows, rows, unit),
                b.rowSums(unit, inverse),
                () -> {
                  Transforms.sqrt(inverse, false);
                  Transforms.max(inverse, 1e-8, false);
                  Nd4j.getExecutioner().exec(reciprocal);
                },
                b.multiply(rows, inverse, unit)));
    return new Unit(unit, inverse, compute);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    if (needed[0] || needed[1] || needed[3] || needed[4]) {
      throw new UnsupportedOperationException(
          "the amplification loss is differentiated by the amplified features alone");
    }
    var gradient = Objects.requireNonNull(outputGradients.get(0));
    var dAmplified =
        new Backward(arg(0), arg(2), arg(3), arg(4), outputVariables()[1], gradient)
            .outputVariables()[0];
    return new @Nullable SDVariable[] {null, null, dAmplified, null, null};
  }

  /** Inputs normal, amplified, both weights, terms, gradient; output dAmplified. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return List.of(inputs.get(1));
    }

    @Override
    protected Runnable bind(Binding b) {
      var normal = unit(b, b.in(0));
      var amplified = unit(b, b.in(1));
      var terms = b.in(4);
      var active = b.scratch(terms.shape());
      var step = new Step(terms, active, 0);
      var dx = Binding.rows(b.out(0));
      var product = b.scratch(dx.shape());
      var along = b.scratch(dx.size(0), 1);
      return Binding.sequence(
          List.of(
              normal.compute(),
              amplified.compute(),
              () -> Nd4j.getExecutioner().exec(step),
              b.multiply(active, b.in(2), active),
              b.multiply(active, b.in(3), active),
              b.matmul(active, true, normal.rows(), false, dx),
              b.multiply(amplified.rows(), dx, product),
              b.rowSums(product, along),
              b.multiply(amplified.rows(), along, product),
              b.subtract(dx, product, dx),
              b.multiply(dx, amplified.inverseNorms(), dx),
              () -> dx.muli(b.in(5).getDouble(0))));
    }
  }
}
