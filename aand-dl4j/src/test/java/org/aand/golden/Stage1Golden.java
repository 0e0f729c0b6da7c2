package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.random.RandomStreams;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.nn.Outputs;
import org.aand.nn.Program;
import org.aand.train.Adam;
import org.aand.train.LevelSample;
import org.aand.train.Stage1Graph;
import org.aand.train.StepSchedule;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training of stage 1 on the image and masks of the {@code _eval} case: separate gradients of the
 * two losses, the first step of the optimiser, losses over three steps. In double and in float32,
 * see {@link Pass}.
 */
final class Stage1Golden {
  private static final int STEPS = 3;
  private static final int LEVELS = GoldenNetwork.LEVELS.size();
  private static final Stage1Graph.Options OPTIONS = new Stage1Graph.Options();

  private final GoldenCase golden;
  private final Pass pass;
  private final DataType type;
  private final GoldenNetwork network;
  private final GoldenMasks masks;
  private final GoldenMasks foreground;
  private final List<INDArray> features;
  private final List<LevelSample> samples = new ArrayList<>();

  /** Parameters of the modules by the reference's name without {@code enc.}. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private Stage1Golden(GoldenCase golden, GoldenCase eval, GoldenNetwork network, Pass pass) {
    this.golden = golden;
    this.pass = pass;
    this.type = pass.type();
    this.network = network;
    this.masks = GoldenMasks.of(eval.input("mask"));
    this.foreground = GoldenMasks.of(eval.input("fore"));
    this.features = network.frozenFeatures();
    for (var module : network.modules()) {
      module
          .parameters()
          .forEach(
              spec ->
                  names.put(TorchNames.of(spec.name()).substring("enc.".length()), spec.name()));
    }
  }

  static void check(GoldenCase golden) throws Exception {
    var eval = golden.other(golden.name().replace("_stage1", "_eval"));
    for (var pass : Pass.of(golden)) {
      try (var network = new GoldenNetwork(eval, pass.type())) {
        var check = new Stage1Golden(golden, eval, network, pass);
        check.masks();
        check.separateGradients();
        check.steps();
        check.features.forEach(INDArray::close);
      }
    }
  }

  private void masks() {
    var random = new RandomStreams(0).stream("locations");
    for (int l = 0; l < LEVELS; l++) {
      int size = network.levelSizes()[l];
      golden.compareWithin("mask_l" + l, masks.levelValues(size), 0);
      golden.compareWithin("fore_l" + l, foreground.levelValues(size), 0);
      golden.compareWithin("mask_avg_l" + l, masks.levelShares(size), 0);
      var sample =
          LevelSample.draw(
              masks.level(size),
              foreground.level(size),
              OPTIONS.maxNormal(),
              OPTIONS.maxAnomalous(),
              random);
      samples.add(sample);
      var counts = golden.field("counts").get(l);
      golden.relative("anomalous", counts.get(0).asInt(), count(sample.anomalousWeights()), 0);
      golden.relative("normal", counts.get(1).asInt(), count(sample.normalWeights()), 0);
    }
  }

  private static double count(double[] weights) {
    return Arrays.stream(weights).filter(w -> w > 0).count();
  }

  /** Gradients of the total at the start, by the reference's name. */
  private Map<String, TorchParameter> gradients(double amplificationWeight) {
    var options =
        new Stage1Graph.Options(
            OPTIONS.focal(),
            OPTIONS.margin(),
            amplificationWeight,
            OPTIONS.maxNormal(),
            OPTIONS.maxAnomalous());
    try (var graph = new Stage1Graph(network.modules(), network.parameters(), options, type)) {
      graph.observe(pass.observer());
      return gradients(graph, graph.compute(features, samples));
    }
  }

  private Map<String, TorchParameter> gradients(Stage1Graph graph, Outputs outputs) {
    var gradients = new HashMap<String, TorchParameter>();
    names.forEach(
        (torch, ours) -> gradients.put(torch, TorchParameter.of(graph.gradient(outputs, ours))));
    return gradients;
  }

  /** The focal gradient is the total's at weight 0; the other one what weight 1 adds to it. */
  private void separateGradients() {
    var focal = gradients(0);
    var amplification = gradients(1);
    amplification.replaceAll((name, total) -> total.minus(focal.get(name)));
    compare("focal", focal);
    compare("amp", amplification);
  }

  private void compare(String loss, Map<String, TorchParameter> gradients) {
    var prefix = "grad_" + loss + "/";
    gradients.forEach(
        (name, gradient) -> {
          if (golden.has(prefix + name)) {
            int k = golden.input(prefix + name).values().length;
            pass.gradient(prefix + name, gradient.samples(k));
          } else if (gradient.norm() != 0) {
            throw new AssertionError(prefix + name + ": the reference has no such gradient");
          }
        });
    norms(loss, gradients);
  }

  private void norms(String loss, Map<String, TorchParameter> gradients) {
    var norms = golden.field("grad_norms").get(loss);
    golden.relative("gradients of " + loss, norms.size(), gradients.size(), 0);
    // The total's gradients have no samples beside them, and some samples are all zero.
    double largest =
        golden.arrayNames().stream()
            .filter(name -> name.startsWith("grad_"))
            .mapToDouble(name -> golden.tolerance(name, pass.judged()))
            .max()
            .orElseThrow();
    gradients.forEach(
        (name, gradient) -> {
          // No gradient in the reference is a gradient of exactly zero here.
          double expected = norms.get(name).isNull() ? 0 : norms.get(name).asDouble();
          var what = "norm of the gradient of " + loss + " by " + name;
          double norm = gradient.norm();
          if (expected == 0) {
            golden.relative(what, 0, norm, 0);
          } else {
            pass.gradientNorm(what, expected, norm, largest);
          }
        });
  }

  private void steps() {
    int columns = golden.input("trace").shape()[1];
    double[] trace = new double[(STEPS + 1) * columns];
    double rate = new StepSchedule().base();
    try (var graph = new Stage1Graph(network.modules(), network.parameters(), OPTIONS, type);
        var adam = new Adam(new Adam.Options());
        var logged = new Logged()) {
      for (int step = 0; step <= STEPS; step++) {
        graph.observe(step == 0 ? pass.observer() : Observer.NONE);
        var outputs = graph.compute(features, samples);
        var losses = graph.losses(outputs);
        int row = step * columns;
        trace[row] = losses.focal();
        trace[row + 1] = losses.amplification();
        trace[row + 3] = losses.total();
        logged.write(trace, row);
        if (step == STEPS) {
          break;
        }
        if (step == 0) {
          norms("total", gradients(graph, outputs));
          var first = new FirstStep(golden, pass, network.parameters(), names, rate);
          first.before(ours -> graph.gradient(outputs, ours));
          graph.update(outputs, adam, rate);
          first.after();
        } else {
          graph.update(outputs, adam, rate);
        }
      }
    }
    pass.trace(trace);
  }

  /** The columns of the trace that the released code only logs, from the current parameters. */
  private final class Logged implements AutoCloseable {
    private final NetGraph net = new NetGraph(network.parameters(), NetGraph.Form.INFERENCE, type);
    private final List<SDVariable> gates = new ArrayList<>();
    private final List<SDVariable> residuals = new ArrayList<>();
    private final Map<String, INDArray> feeds = new HashMap<>();
    private final Program program;

    Logged() {
      for (int l = 0; l < LEVELS; l++) {
        var x = net.input("x" + l);
        var module = network.modules().get(l);
        gates.add(module.gate(net, x));
        residuals.add(module.residual(net, x, net.input("mask" + l)));
        feeds.put("x" + l, features.get(l));
        feeds.put("mask" + l, Tensors.gate(masks.level(network.levelSizes()[l]), type));
      }
      var outputs = new ArrayList<>(gates);
      outputs.addAll(residuals);
      program = net.program(outputs);
    }

    void write(double[] trace, int row) {
      var results = program.run(feeds);
      var counts = new GateCounts();
      for (int l = 0; l < LEVELS; l++) {
        boolean[] anomalous = masks.level(network.levelSizes()[l]);
        counts.add(HostValues.read(results.get(gates.get(l))), anomalous);
        double[] frozen = HostValues.read(features.get(l));
        double[] residual = HostValues.read(results.get(residuals.get(l)));
        double[] amplified = new double[frozen.length];
        Arrays.setAll(amplified, i -> frozen[i] + residual[i]);
        var quantities = LoggedQuantities.of(frozen, amplified, residual, anomalous);
        trace[row + 2] += quantities.normalDistance();
        trace[row + 6] += quantities.normalNorm() / LEVELS;
        trace[row + 7] += quantities.anomalousNorm() / LEVELS;
      }
      trace[row + 4] = counts.precision();
      trace[row + 5] = counts.recall();
    }

    @Override
    public void close() {
      program.close();
      net.close();
    }
  }
}
