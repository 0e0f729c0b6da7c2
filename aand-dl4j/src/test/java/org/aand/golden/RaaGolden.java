package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.aand.network.raa.ResidualAmplification;
import org.aand.nn.Gradients;
import org.aand.nn.HostValues;
import org.aand.nn.InnerProduct;
import org.aand.nn.KernelOp;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One RAA module alone: query, matching, scale, residual with the learned and with the given gate,
 * and the gradients of {@code <residual, G1> + <gate, G2>}. In double and in float32, see {@link
 * Pass}.
 */
final class RaaGolden {
  private static final String LEVEL = "x";

  private final GoldenCase golden;
  private final Pass pass;
  private final DataType type;
  private final ResidualAmplification module;
  private final Parameters parameters = new Parameters();
  private final int size;

  private RaaGolden(GoldenCase golden, Pass pass) {
    this.golden = golden;
    this.pass = pass;
    this.type = pass.type();
    this.size = golden.field("map").get(0).intValue();
    this.module =
        new ResidualAmplification(
            LEVEL,
            golden.field("C").intValue(),
            golden.field("hidden").intValue(),
            golden.field("num_item").intValue(),
            golden.field("tau").doubleValue());
    for (var spec : module.parameters()) {
      var torch = torchName(spec.name());
      double[] values;
      if (golden.has("param/" + torch)) {
        values =
            TorchLayout.parameterFromTorch(
                golden.input("param/" + torch).values(), spec.dimensions());
      } else if (spec.name().endsWith("/items")) {
        values = golden.input("K").values();
      } else {
        var name = golden.field("param_prefix").asText() + "." + torch;
        values = PortableInitialisation.of(golden.generator(), name, spec, parameters);
      }
      parameters.put(spec.name(), Tensors.of(values, type, spec.dimensions()));
    }
  }

  static void check(GoldenCase golden) {
    golden.field("param_prefix");
    for (var pass : Pass.of(golden)) {
      var check = new RaaGolden(golden, pass);
      check.learnedGate();
      check.givenGate();
      check.parameters.close();
    }
    if (golden.has("param/K_list.0")) {
      golden.compareWithin("K", golden.input("param/K_list.0").values(), 0);
    }
  }

  private static String torchName(String name) {
    return TorchNames.of(name).substring(("enc.feat_recons_" + LEVEL + ".").length());
  }

  private void learnedGate() {
    try (var net = new NetGraph(parameters, NetGraph.Form.TRAINING, type)) {
      var x = net.input("x");
      var query = module.query(net, x);
      var gate = module.gate(net, x);
      var scale = module.scale(net, x);
      var residual = module.residual(net, x, gate);
      var matching =
          Objects.requireNonNull((KernelOp) x.getSameDiff().getVariableOutputOp(gate.name()))
              .outputVariables()[1];
      var loss = loss(net, residual, gate);
      var wanted = wanted(net, x);
      var gradients = Gradients.of(loss, List.copyOf(wanted.values()));
      var outputs = new ArrayList<>(gradients);
      outputs.addAll(List.of(query, gate, scale, residual, matching, loss));
      try (var program = net.program(outputs)) {
        program.observe(pass.observer());
        var results = program.run(feeds(x));
        sampled("q", Tensors.channelsFirst(results.get(query)));
        sampled("scale_tanh", Tensors.channelsFirst(results.get(scale)));
        sampled("delta", Tensors.channelsFirst(results.get(residual)));
        double[] p = HostValues.read(results.get(gate));
        sampled("atten", p);
        range(p);
        matching(HostValues.read(results.get(query)), HostValues.read(results.get(matching)));
        double spread =
            spread(results.get(residual), fixed("G1", 1))
                + spread(results.get(gate), fixed("G2", 10));
        loss(results.scalar(loss), spread);
        gradients("grad/", "grad_norms_nomask", wanted, gradients, results);
      }
    }
  }

  private void givenGate() {
    try (var net = new NetGraph(parameters, NetGraph.Form.TRAINING, type)) {
      var x = net.input("x");
      var residual = module.residual(net, x, net.input("mask"));
      var loss = loss(net, residual, module.gate(net, x));
      var wanted = wanted(net, x);
      var gradients = Gradients.of(loss, List.copyOf(wanted.values()));
      var outputs = new ArrayList<>(gradients);
      outputs.add(residual);
      try (var program = net.program(outputs)) {
        var masks = GoldenMasks.of(golden.input("mask"));
        if (masks.size() != golden.field("mask_size").intValue()) {
          throw new AssertionError("mask of size " + masks.size());
        }
        var feeds = feeds(x);
        feeds.put("mask", Tensors.gate(masks.level(size), type));
        program.observe(pass.observer());
        var results = program.run(feeds);
        sampled("delta_masked", Tensors.channelsFirst(results.get(residual)));
        gradients("grad_masked/", "grad_norms_masked", wanted, gradients, results);
      }
    }
  }

  private Map<String, INDArray> feeds(SDVariable x) {
    var feeds = new HashMap<String, INDArray>();
    feeds.put(x.name(), Tensors.map(golden.input("x"), type));
    feeds.put("G1", fixed("G1", 1));
    feeds.put("G2", fixed("G2", 10));
    return feeds;
  }

  /** What the outputs are multiplied with, stored or drawn. */
  private INDArray fixed(String name, double bound) {
    int[] x = golden.input("x").shape();
    int rows = x[0] * x[2] * x[3];
    int count = name.equals("G1") ? rows * x[1] : rows;
    var tag = golden.field("param_prefix").asText().replace(".m", "");
    double[] values =
        golden.has(name)
            ? golden.input(name).values()
            : golden.generator().symmetric(tag + "." + name, bound, count);
    return name.equals("G1")
        ? Tensors.of(TorchLayout.toChannelsLast(values, x), type, x[0], x[2], x[3], x[1])
        : Tensors.of(values, type, rows, 1);
  }

  private static SDVariable loss(NetGraph net, SDVariable residual, SDVariable gate) {
    return WeightedSum.of(
        List.of(
            InnerProduct.of(residual, net.input("G1")), InnerProduct.of(gate, net.input("G2"))));
  }

  /**
   * A sum of terms of either sign may be next to nothing; it is known as well as sums of such terms
   * usually are.
   */
  private void loss(double actual, double spread) {
    double expected = Math.abs(golden.input("loss_nomask").values()[0]);
    double further = golden.tolerance("loss_nomask", type) * spread / expected;
    golden.compare("loss_nomask", new double[] {actual}, type, further);
  }

  /** The usual size of an inner product of vectors of such norms and independent signs. */
  private static double spread(INDArray x, INDArray weights) {
    double[] values = HostValues.read(x);
    return Tensors.norm(values) * Tensors.norm(HostValues.read(weights)) / Math.sqrt(values.length);
  }

  /** By the reference's name: the input and every parameter. */
  private static Map<String, SDVariable> wanted(NetGraph net, SDVariable x) {
    var wanted = new HashMap<String, SDVariable>();
    net.variables().forEach((name, variable) -> wanted.put(torchName(name), variable));
    wanted.put("x", x);
    return wanted;
  }

  private void gradients(
      String prefix,
      String norms,
      Map<String, SDVariable> wanted,
      List<SDVariable> gradients,
      Outputs results) {
    int i = 0;
    for (var name : wanted.keySet()) {
      var gradient = results.get(gradients.get(i++));
      if (name.equals("x")) {
        double[] values = Tensors.channelsFirst(gradient);
        sampled(golden.has(prefix + "x") ? prefix + "x" : prefix + "x_samples", values);
      } else {
        var values = TorchParameter.of(gradient);
        pass.gradient(prefix + name, values.samples(golden.input(prefix + name).values().length));
        pass.gradientNorm(
            norms + " " + name,
            golden.field(norms).get(name).asDouble(),
            values.norm(),
            golden.tolerance(prefix + name, pass.judged()));
      }
    }
    if (wanted.size() != golden.field(norms).size() + 1) {
      throw new AssertionError(norms + " tells of other parameters than there are");
    }
  }

  /** The array in full or as its samples, by the number of values stored. */
  private void sampled(String name, double[] values) {
    int k = golden.input(name).values().length;
    double[] samples = TorchLayout.samples(values, k);
    if (name.startsWith("grad")) {
      pass.gradient(name, samples);
    } else {
      pass.continuous(name, samples);
    }
  }

  private void range(double[] gate) {
    var range = golden.field("atten_min_max");
    double tolerance = golden.tolerance("atten", type);
    double min = Arrays.stream(gate).min().orElseThrow();
    double max = Arrays.stream(gate).max().orElseThrow();
    golden.relative("smallest gate", range.get(0).asDouble(), min, tolerance);
    golden.relative("largest gate", range.get(1).asDouble(), max, tolerance);
  }

  /**
   * The cosines of queries and items. Our operation gives their softmax, which knows them up to one
   * constant a row; the constant is taken from the queries and items themselves.
   */
  private void matching(double[] queries, double[] softmax) {
    double[] items = HostValues.read(parameters.get("raa_" + LEVEL + "_memory/items"));
    int c = module.channels();
    int m = items.length / c;
    int rows = queries.length / c;
    double[] cosines = new double[rows * m];
    for (int n = 0; n < rows; n++) {
      double total = 0;
      for (int k = 0; k < m; k++) {
        total += Math.exp(cosine(queries, n * c, items, k * c, c) / module.temperature());
      }
      for (int k = 0; k < m; k++) {
        cosines[n * m + k] = module.temperature() * Math.log(softmax[n * m + k] * total);
      }
    }
    int stored = golden.input("cos_qk").shape()[2];
    int step = m / stored;
    golden.compare("cos_qk", TorchLayout.slice(cosines, new int[] {rows, m}, 1, step), type);
  }

  private static double cosine(double[] a, int fromA, double[] b, int fromB, int length) {
    double[] products =
        IntStream.range(0, length).mapToDouble(i -> a[fromA + i] * b[fromB + i]).toArray();
    double product = Arrays.stream(products).sum();
    double normA = Tensors.norm(Arrays.copyOfRange(a, fromA, fromA + length));
    double normB = Tensors.norm(Arrays.copyOfRange(b, fromB, fromB + length));
    return product / (normA * normB);
  }
}
