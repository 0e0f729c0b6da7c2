package org.aand.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares the gradient of a graph with central differences, in double precision.
 *
 * <p>The loss is the inner product of the graph's output with fixed random numbers, so that every
 * output element matters with a weight of its own.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final int PROBES = 12;

  private final Map<String, INDArray> values = new LinkedHashMap<>();
  private final Map<String, INDArray> fixed = new LinkedHashMap<>();
  private final RandomGenerator random;

  public GradientCheck(String name) {
    random = new RandomStreams(17).stream(name);
  }

  /** An input to differentiate by. */
  public GradientCheck input(String name, long... shape) {
    values.put(name, uniform(shape));
    return this;
  }

  /** An input with values of the caller's, to differentiate by. */
  public GradientCheck input(String name, INDArray value) {
    values.put(name, value);
    return this;
  }

  /** An input that is not differentiated by. */
  public GradientCheck constant(String name, INDArray value) {
    fixed.put(name, value);
    return this;
  }

  public INDArray uniform(long... shape) {
    var array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, 2 * random.nextDouble() - 1);
    }
    return array;
  }

  /** Builds the graph and checks; {@code tolerance} is relative to the largest gradient. */
  public void check(
      double tolerance, BiFunction<SameDiff, Map<String, SDVariable>, List<SDVariable>> build) {
    var graph = SameDiff.create();
    var variables = new HashMap<String, SDVariable>();
    values.keySet().forEach(n -> variables.put(n, graph.placeHolder(n, DataType.DOUBLE)));
    fixed.keySet().forEach(n -> variables.put(n, graph.placeHolder(n, DataType.DOUBLE)));
    var outputs = build.apply(graph, variables);
    var feeds = new HashMap<>(values);
    feeds.putAll(fixed);
    Map<String, INDArray> weights = new HashMap<>();
    try (var shapes = new Program(graph, outputs, DataType.DOUBLE)) {
      var values = shapes.run(feeds);
      outputs.forEach(o -> weights.put(o.name(), uniform(values.get(o).shape())));
    }
    var products =
        outputs.stream()
            .map(o -> InnerProduct.of(o, graph.constant(weights.get(o.name()))))
            .toList();
    var loss = WeightedSum.of(products);
    var wanted = values.keySet().stream().map(variables::get).toList();
    var gradients = Gradients.of(loss, wanted);
    var all = new java.util.ArrayList<>(gradients);
    all.add(loss);
    try (var program = new Program(graph, all, DataType.DOUBLE);
        var forward = new Program(graph, List.of(loss), DataType.DOUBLE)) {
      program.run(feeds);
      var results = program.run(feeds);
      int i = 0;
      for (var entry : values.entrySet()) {
        var gradient = results.get(gradients.get(i++));
        compare(entry.getKey(), entry.getValue(), gradient, forward, loss, feeds, tolerance);
      }
    }
  }

  private void compare(
      String name,
      INDArray value,
      INDArray gradient,
      Program forward,
      SDVariable loss,
      Map<String, INDArray> feeds,
      double tolerance) {
    double scale = Math.max(gradient.amaxNumber().doubleValue(), 1e-8);
    for (int probe = 0; probe < PROBES; probe++) {
      long i = random.nextLong(value.length());
      double x = value.getDouble(i);
      value.putScalar(i, x + STEP);
      double up = forward.run(feeds).scalar(loss);
      value.putScalar(i, x - STEP);
      double down = forward.run(feeds).scalar(loss);
      value.putScalar(i, x);
      double numeric = (up - down) / (2 * STEP);
      double error = Math.abs(numeric - gradient.getDouble(i)) / scale;
      assertTrue(
          error <= tolerance,
          name + "[" + i + "]: " + gradient.getDouble(i) + ", by differences " + numeric);
    }
  }
}
