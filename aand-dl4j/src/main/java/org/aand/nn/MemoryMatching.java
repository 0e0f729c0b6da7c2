package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The weight of the anomalous memory items when a query is matched with all items by cosine.
 *
 * <p>{@code p_n = sum_{m >= M} softmax_m(cos(q_n, k_m) / T)}, no epsilon in the norms.
 *
 * <ul>
 *   <li>queries: {@code [N, H, W, C]}, R = N H W
 *   <li>items: {@code [2M, C]}, M normal ones, then M anomalous ones
 *   <li>outputs: p {@code [R, 1]}; for its gradient the softmax {@code [R, 2M]} and the inverse
 *       norms of the queries {@code [R, 1]}
 * </ul>
 *
 * <p>Source: matching-guided residual gate, section III of the paper.
 */
public final class MemoryMatching extends KernelOp {
  private final int normalItems;
  private final double temperature;

  private MemoryMatching(
      SDVariable queries, SDVariable items, int normalItems, double temperature) {
    super(queries.getSameDiff(), 3, queries, items);
    this.normalItems = normalItems;
    this.temperature = temperature;
  }

  /** The weight of the anomalous items as a variable of the graph. */
  public static SDVariable of(
      SDVariable queries, SDVariable items, int normalItems, double temperature) {
    return new MemoryMatching(queries, items, normalItems, temperature).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] q = inputs.get(0);
    long rows = q[0] * q[1] * q[2];
    return List.of(new long[] {rows, 1}, new long[] {rows, inputs.get(1)[0]}, new long[] {rows, 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    var queries = Binding.rows(b.in(0));
    var items = b.in(1);
    var matching = b.out(1);
    var inverse = b.out(2);
    var normalised = b.scratch(queries.shape());
    var unitItems = b.scratch(items.shape());
    var steps = new ArrayList<Runnable>();
    steps.add(inverseNorms(b, queries, normalised, inverse));
    steps.add(b.multiply(queries, inverse, normalised));
    var inverseOfItems = b.scratch(items.size(0), 1);
    steps.add(inverseNorms(b, items, unitItems, inverseOfItems));
    steps.add(b.multiply(items, inverseOfItems, unitItems));
    steps.add(b.matmul(normalised, false, unitItems, true, matching));
    steps.add(() -> matching.divi(temperature));
    steps.add(b.call("softmax", List.of(matching), List.of(matching), 1));
    steps.add(b.matmul(matching, false, anomalous(b, items.size(0), 1), false, b.out(0)));
    return Binding.sequence(steps);
  }

  private static Runnable inverseNorms(
      Binding b, INDArray rows, INDArray squares, INDArray inverse) {
    var reciprocal = new Reciprocal(inverse, inverse);
    return Binding.sequence(
        List.of(
            b.multiply(rows, rows, squares),
            b.rowSums(squares, inverse),
            () -> {
              Transforms.sqrt(inverse, false);
              Nd4j.getExecutioner().exec(reciprocal);
            }));
  }

  /** Ones at the anomalous items, zeros at the normal ones. */
  private INDArray anomalous(Binding b, long rows, long columns) {
    double[] indicator = new double[Math.toIntExact(rows * columns)];
    java.util.Arrays.fill(indicator, normalItems, indicator.length, 1);
    return b.constant(indicator, rows, columns);
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var out = outputVariables();
    return new Backward(
            this,
            arg(0),
            arg(1),
            out[0],
            out[1],
            out[2],
            Objects.requireNonNull(outputGradients.get(0)))
        .outputVariables();
  }

  /** Inputs q, K, p, softmax, inverse norms, dp; outputs dq, dK. */
  private static final class Backward extends GradientOp {
    private final MemoryMatching forward;

    Backward(MemoryMatching forward, SDVariable... inputs) {
      super(2, inputs);
      this.forward = forward;
    }

    @Override
    protected Runnable bind(Binding b) {
      var queries = Binding.rows(b.in(0));
      var items = b.in(1);
      var matching = b.in(3);
      var inverse = b.in(4);
      var dp = b.in(5);
      var dQueries = Binding.rows(b.out(0));
      var dItems = b.out(1);
      var normalised = b.scratch(queries.shape());
      var unitItems = b.scratch(items.shape());
      var inverseOfItems = b.scratch(items.size(0), 1);
      var scaled = b.scratch(dp.shape());
      var dLogits = b.scratch(matching.shape());
      var weighted = b.scratch(matching.shape());
      var steps = new ArrayList<Runnable>();
      steps.add(b.multiply(queries, inverse, normalised));
      steps.add(inverseNorms(b, items, unitItems, inverseOfItems));
      steps.add(b.multiply(items, inverseOfItems, unitItems));
      // d softmax: s (1_anomalous - p) dp / T
      steps.add(b.multiply(matching, forward.anomalous(b, 1, items.size(0)), dLogits));
      steps.add(b.multiply(matching, b.in(2), weighted));
      steps.add(b.subtract(dLogits, weighted, dLogits));
      steps.add(() -> dp.divi(forward.temperature, scaled));
      steps.add(b.multiply(dLogits, scaled, dLogits));
      steps.add(b.matmul(dLogits, false, unitItems, false, dQueries));
      steps.add(b.matmul(dLogits, true, normalised, false, dItems));
      steps.add(throughNormalisation(b, normalised, inverse, dQueries));
      steps.add(throughNormalisation(b, unitItems, inverseOfItems, dItems));
      return Binding.sequence(steps);
    }

    /** {@code g <- (g - u (u . g)) / |x|} for every row, u = x / |x|; overwrites u. */
    private static Runnable throughNormalisation(
        Binding b, INDArray unit, INDArray inverse, INDArray g) {
      var product = b.scratch(unit.shape());
      var along = b.scratch(unit.size(0), 1);
      return Binding.sequence(
          List.of(
              b.multiply(unit, g, product),
              b.rowSums(product, along),
              b.multiply(unit, along, unit),
              b.subtract(g, unit, g),
              b.multiply(g, inverse, g)));
    }
  }
}
